/*
 * shell_here: which shell the name of one stands for on this machine. "sh" may be any of them.
 */
#ifndef CPOOL_SHELL_HERE_H
#define CPOOL_SHELL_HERE_H

/*
 * The shell (a bit of readers.h) that the program `name` is. It is looked for in PATH, if there is no slash
 * in it, and symbolic links are followed: a look at the file system, for those who need it only. READERS_ALL
 * where that does not tell.
 */
unsigned shell_here_of(const char *name);

#endif
