/*
 * folder: where --results keeps what a task has written: a folder for each task, in a tree whose names are
 * made of its items, as GNU parallel makes it:
 *
 *     DIR/1/ITEM/stdout          one source of items
 *     DIR/1/ITEM/2/ITEM/stderr   two
 *
 * A name is safe whatever the item is: "/" is written "\_", a backslash "\\", control characters "\t", "\n"
 * or "\xHH"; the names "." and ".." have a backslash in front, and no name at all is "\". Where that is too
 * long for a file's name it is cut, and ends in "\~" and a hash of all of it. So different items have
 * different names.
 *
 * Or the user says where (`names_places`): the only field of a task is then a path below DIR. It ends in "/":
 * that is the folder of these three; else it is the file of standard output, with PATH.err and PATH.seq
 * beside it. Its folders are what "/" makes of it, and each part is a name as above, so that no item leads
 * out of DIR; nothing between two "/", or in front of the first, is no folder.
 *
 * DIR may be a symbolic link; what is below it is opened without following any (errno ELOOP).
 *
 * Tasks with the same items would share a folder: the first of them (not the first that comes) has it, and of
 * the others each one whose name ends in "\~" and its number. Who has which is known to all workers by a file
 * without a name, with a lock: whoever opens a folder must not be stopped meanwhile, or all others wait.
 *
 * folder_tree_open in the parent, before the first fork; folder_open in workers for each try of a task,
 * folder_close.
 */
#ifndef CPOOL_FOLDER_H
#define CPOOL_FOLDER_H

#include "base/words.h"
#include "ipc/items.h"

enum folder_file { FOLDER_STDOUT, FOLDER_STDERR, FOLDER_FILES };

struct folder_tree {
    const char *path; /* not owned */
    int fd;           /* of it; -1: there is none */
    int claims;       /* who has which folder */
    size_t name_max;  /* bytes of a file's name */
    bool names_places;
    const struct item *names; /* of columns, instead of 1, 2 ...; not owned */
    size_t name_count;
};

/* Both -1 while there is none. */
struct folder {
    int files[FOLDER_FILES]; /* owned */
};

#define FOLDER_INIT                                                                                          \
    {                                                                                                        \
        {                                                                                                    \
            -1, -1                                                                                           \
        }                                                                                                    \
    }

/* Make it where it is not there. 0, or -1 with errno. */
int folder_tree_open(struct folder_tree *tree, const char *path, const char *tmpdir) ATTR_MUST_CHECK;
void folder_tree_close(struct folder_tree *tree);

/* Append the name of a folder for `item`. */
void folder_name(struct item item, size_t name_max, struct buffer *name);

/* The files of task `number`, empty; a task without fields goes by its number. 0, or -1 with errno; `path`
 * says where. */
int folder_open(struct folder *folder, const struct folder_tree *tree, const struct words *fields,
                uint64_t number, struct buffer *path) ATTR_MUST_CHECK;

/* The task is left out, since it was done before this run: what an earlier one has kept of it stays where it
 * is. */
int folder_keep(const struct folder_tree *tree, const struct words *fields, uint64_t number,
                struct buffer *path) ATTR_MUST_CHECK;

/* 0, or -1 with errno: something may not have been written. */
int folder_close(struct folder *folder) ATTR_MUST_CHECK;

#endif
