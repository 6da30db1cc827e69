#include "proc/interpreter.h"

#include "base/io.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kernel looks no further than this. */
#define FIRST_LINE_MAX 256

/* What "#! PROGRAM ARGUMENT" names, ended by NUL in place. */
static char *interpreter_of(char *line)
{
    char *name = line + 2;
    name += strspn(name, " \t");
    name[strcspn(name, " \t\n")] = '\0';
    return name;
}

static const char *why_not_interpreted(char *name, char *why)
{
    char quoted[LOG_QUOTE_SIZE];
    size_t length = strlen(name);
    bool is_crlf = length > 0 && name[length - 1] == '\r';

    if (!is_crlf && access(name, X_OK) == 0)
        return NULL;
    int error = is_crlf ? ENOENT : errno;
    log_quote(quoted, sizeof quoted, name, is_crlf ? length - 1 : length);
    snprintf(why, INTERPRETER_WHY_SIZE, "%s; its first line asks for '%s'%s", strerror(error), quoted,
             is_crlf ? " and a CR: its lines end in CR LF, take the CRs out: sed -i 's/\\r$//' FILE" : "");
    return why;
}

const char *interpreter_why(const char *path, int error, char *why)
{
    char line[FIRST_LINE_MAX + 1];
    struct stat info;
    if ((error != ENOENT && error != EACCES) || stat(path, &info) < 0 || !S_ISREG(info.st_mode))
        return NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : io_read(fd, line, FIRST_LINE_MAX);
    io_close(&fd);
    if (length < 2)
        return NULL;
    line[length] = '\0';
    if (line[0] == '#' && line[1] == '!')
        return why_not_interpreted(interpreter_of(line), why);
    if (error != ENOENT || line[0] != '\x7f')
        return NULL;
    snprintf(why, INTERPRETER_WHY_SIZE,
             "%s; that is the loader which it asks for: it was built for another system", strerror(error));
    return why;
}
