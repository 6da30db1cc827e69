/*
 * terminal: run a command on a terminal of its own, and print all that comes to that.
 *
 *     terminal [-c COLUMNS] [-e] [-p] [-s] COMMAND [ARGUMENT...]
 *
 * The terminal is the command's standard error, and its standard output unless -e is given. It changes no
 * byte (no CR before LF). With -p what a user would see is printed, instead of the bytes: CR, LF and the
 * erasing of what is behind the cursor are obeyed, and a line that is too long is broken. With -s nothing is
 * read from it before the command has ended: a user who has pressed ^S. SIGUSR1 makes it half as wide. Exits
 * as COMMAND does (128 + the signal that ended it); 125 for wrong usage.
 */
#include "config.h" /* for the system's extensions */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define EXIT_USAGE 125

static volatile sig_atomic_t resized, ended;

static void on_signal(int signal_number)
{
    if (signal_number == SIGUSR1)
        resized = 1;
    else
        ended = 1;
}

static int open_terminal(unsigned short columns, int *theirs)
{
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    struct termios mode;
    int ours = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (ours < 0 || grantpt(ours) < 0 || unlockpt(ours) < 0)
        return -1;
    *theirs = open(ptsname(ours), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*theirs < 0 || ioctl(*theirs, TIOCSWINSZ, &size) < 0 || tcgetattr(*theirs, &mode) < 0)
        return -1;
    mode.c_oflag &= ~(tcflag_t)OPOST;
    return tcsetattr(*theirs, TCSANOW, &mode) < 0 ? -1 : ours;
}

static pid_t start(char **command, int theirs, int only_errors, const sigset_t *mask)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    setsid();
    ioctl(theirs, TIOCSCTTY, 0);
    dup2(theirs, STDERR_FILENO);
    if (!only_errors)
        dup2(theirs, STDOUT_FILENO);
    sigprocmask(SIG_SETMASK, mask, NULL);
    execvp(command[0], command);
    fprintf(stderr, "%s: %s\n", command[0], strerror(errno));
    _exit(127);
}

static void make_narrower(int ours)
{
    struct winsize size;
    if (ioctl(ours, TIOCGWINSZ, &size) < 0)
        return;
    size.ws_col /= 2;
    ioctl(ours, TIOCSWINSZ, &size);
}

/* ---- the screen, of which only the last row ever changes ---- */

static struct {
    int wanted;
    char row[1024];
    size_t length, cursor, columns;
    int escape; /* bytes of ESC [ J that have come */
} screen;

static void end_row(void)
{
    fwrite(screen.row, 1, screen.length, stdout);
    putchar('\n');
    screen.length = screen.cursor = 0;
}

static void put(char byte)
{
    if (screen.cursor == screen.columns)
        end_row();
    screen.row[screen.cursor++] = byte;
    if (screen.length < screen.cursor)
        screen.length = screen.cursor;
}

static void obey(char byte)
{
    static const char erase[] = "\033[J";
    if (byte == erase[screen.escape]) {
        if (++screen.escape == 3) {
            screen.length = screen.cursor;
            screen.escape = 0;
        }
        return;
    }
    if (screen.escape > 0)
        put('?'); /* of which a test wants to know */
    screen.escape = 0;
    if (byte == '\r')
        screen.cursor = 0;
    else if (byte == '\n')
        end_row();
    else
        put(byte);
}

/* 0 when nothing more will come. */
static int pass_on(int ours)
{
    char bytes[4096];
    ssize_t n = read(ours, bytes, sizeof bytes);
    if (screen.wanted) {
        for (ssize_t i = 0; i < n; i++)
            obey(bytes[i]);
        return n > 0 || (n < 0 && errno == EINTR);
    }
    for (ssize_t done = 0, put; done < n; done += put)
        if ((put = write(STDOUT_FILENO, bytes + done, (size_t)(n - done))) < 0)
            return 0;
    return n > 0 || (n < 0 && errno == EINTR);
}

/* Until the command has ended, then what is left. */
static void serve(int ours, int silent, const sigset_t *open_mask)
{
    struct pollfd ready = {.fd = ours, .events = POLLIN};
    while (!ended) {
        int n = ppoll(&ready, silent ? 0 : 1, NULL, open_mask);
        if (resized) {
            resized = 0;
            make_narrower(ours);
        }
        if (n > 0 && !pass_on(ours))
            silent = 1;
    }
    while (poll(&ready, 1, 0) > 0 && pass_on(ours))
        ;
}

int main(int argc, char **argv)
{
    int only_errors = 0, silent = 0, theirs = -1, option, status;
    unsigned short columns = 80;
    while ((option = getopt(argc, argv, "+c:eps")) != -1) {
        if (option == 'c')
            columns = (unsigned short)atoi(optarg);
        else if (option == 'e')
            only_errors = 1;
        else if (option == 'p')
            screen.wanted = 1;
        else if (option == 's')
            silent = 1;
        else
            return EXIT_USAGE;
    }
    if (optind >= argc || columns == 0 || columns > sizeof screen.row)
        return EXIT_USAGE;
    screen.columns = columns;

    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_NOCLDSTOP};
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    sigaction(SIGCHLD, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
    int ours = open_terminal(columns, &theirs);
    if (ours < 0) {
        perror("terminal");
        return EXIT_USAGE;
    }
    pid_t pid = start(argv + optind, theirs, only_errors, &before);
    serve(ours, silent, &before);
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return EXIT_USAGE;
    close(theirs);
    fwrite(screen.row, 1, screen.length, stdout);
    fflush(stdout);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
