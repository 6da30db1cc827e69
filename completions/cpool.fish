# Completions of cpool for fish; made by cpool --completion=fish.
# The command and what is behind it, once it is there.
function __cpool_command
    set -l words (commandline -opc)
    set -e words[1]
    argparse -s a/arg-file= argfile= 0/null d/delimiter= C/colsep= col-sep= csv header= trim= E/eof= link xapply shuf seed= total= total-jobs= r/no-run-if-empty n/max-args= maxargs= N/max-replace-args= L/max-lines= X m xargs s/max-chars= maxchars= x/exit I/replace= filter=\? pipe pipe-part pipepart spreadstdin block= blocksize= block-size= recend= recstart= regexp regex j/jobs= P/max-procs= c/shell q/quote command env= wd= workdir= work-dir= nice= delay= chunk= dry-run dryrun t/verbose timeout= retries= retry-delay= halt= halt-on-error= grace= termseq= term-seq= u/ungroup k/keep-order keeporder group tmpdir= no-opts completion= functions h/help=\? V/version -- $words 2>/dev/null
    and set -q argv[1]
    or return 1
    string join ' ' -- (string escape -- $argv)
    return 0
end
function __cpool_options
    not __cpool_command >/dev/null
end
complete -c cpool -n __cpool_options -s a -l arg-file -r -F -d 'items are the lines of FILE ('\''-'\'': standard input)'
complete -c cpool -n __cpool_options -s 0 -l null -d 'items end in NUL, not newline'
complete -c cpool -n __cpool_options -s d -l delimiter -x -d 'items end in C: a character, \n, \t, \0 or \xHH'
complete -c cpool -n __cpool_options -s C -l colsep -x -d 'split items into columns {1} {2} ... at RE'
complete -c cpool -n __cpool_options -l csv -d 'columns are comma-separated values (RFC 4180)'
complete -c cpool -n __cpool_options -l header -x -a ':' -d 'the first line names columns; '\'':'\'' splits it as -C'
complete -c cpool -n __cpool_options -l trim -x -a 'n l r lr' -d 'take blanks off: n none, l left, r right, lr both'
complete -c cpool -n __cpool_options -s E -l eof -x -d 'a list of items ends before the item STR'
complete -c cpool -n __cpool_options -l link -d 'sources side by side, the shorter ones repeated'
complete -c cpool -n __cpool_options -l shuf -d 'in random order'
complete -c cpool -n __cpool_options -l seed -x -d 'the same random order each time'
complete -c cpool -n __cpool_options -l total -x -d 'so many tasks will come, for {##} and --halt %'
complete -c cpool -n __cpool_options -s r -l no-run-if-empty -d 'no item, no task: always so'
complete -c cpool -n __cpool_options -s n -l max-args -x -d 'N items for each COMMAND (default 1)'
complete -c cpool -n __cpool_options -s N -l max-replace-args -x -d 'the same; the word with {} is there for each'
complete -c cpool -n __cpool_options -s L -l max-lines -x -d 'N lines; one with a blank at its end goes on'
complete -c cpool -n __cpool_options -s X -d 'as many items as fit; the word with {} for each'
complete -c cpool -n __cpool_options -s m -d 'as many as fit; only the items are there for each'
complete -c cpool -n __cpool_options -l xargs -d 'as -m, but the last ones are not shared evenly'
complete -c cpool -n __cpool_options -s s -l max-chars -x -d 'a command line has at most N bytes'
complete -c cpool -n __cpool_options -s x -l exit -d 'end the run where -n, -L or an item does not fit'
complete -c cpool -n __cpool_options -s I -l replace -x -d 'STR stands for the item, not {}'
complete -c cpool -n __cpool_options -l filter -f -a '0 len' -d 'one COMMAND for each job: a line in, a line out'
complete -c cpool -n __cpool_options -l pipe -d 'COMMANDs read blocks of the input, not items'
complete -c cpool -n __cpool_options -l block -x -d 'a block has about SIZE bytes (default 1M)'
complete -c cpool -n __cpool_options -l recend -x -d 'STR ends a record (default \n)'
complete -c cpool -n __cpool_options -l recstart -x -d 'STR starts a record'
complete -c cpool -n __cpool_options -l regexp -d 'these are extended regular expressions'
complete -c cpool -n __cpool_options -s j -l jobs -x -a '0 50% 100% +1 -1' -d 'tasks at a time (or -P): N, N%, +N, -N; 0: all'
complete -c cpool -n __cpool_options -s P -l max-procs -x -a '0 50% 100% +1 -1' -d 'tasks at a time (or -P): N, N%, +N, -N; 0: all'
complete -c cpool -n __cpool_options -s c -l shell -d 'COMMAND is a script for sh, however it looks'
complete -c cpool -n __cpool_options -s q -l quote -d 'COMMAND is none, however it looks'
complete -c cpool -n __cpool_options -l command -d 'the first word is a program, not a function'
complete -c cpool -n __cpool_options -l env -x -d 'a variable for the tasks; V may hold {}'
complete -c cpool -n __cpool_options -l wd -x -a '(__fish_complete_directories)' -d 'run the tasks in DIR, which may hold {}'
complete -c cpool -n __cpool_options -l nice -x -d 'so much nicer to other programs'
complete -c cpool -n __cpool_options -l delay -x -d 'start a task at most so often'
complete -c cpool -n __cpool_options -l chunk -x -d 'hand out N items at a time (default: adapts)'
complete -c cpool -n __cpool_options -l dry-run -d 'print the commands, run none'
complete -c cpool -n __cpool_options -s t -l verbose -d 'print each command to standard error as it starts'
complete -c cpool -n __cpool_options -l timeout -x -d 'end a task that takes longer (N%: of the median)'
complete -c cpool -n __cpool_options -l retries -x -d 'try a task that fails N times in all'
complete -c cpool -n __cpool_options -l retry-delay -x -d 'before the second try (default 0); it doubles'
complete -c cpool -n __cpool_options -l halt -x -a 'never now,fail=1 soon,fail=1 now,success=1' -d 'end early: now|soon,fail|success|done=N[%]'
complete -c cpool -n __cpool_options -l grace -x -d 'from TERM to KILL as tasks are ended (default 5s)'
complete -c cpool -n __cpool_options -l termseq -x -d 'all of that: TERM,200,TERM,100,KILL (milliseconds)'
complete -c cpool -n __cpool_options -s u -l ungroup -d 'tasks write straight to our output: no order, mixed'
complete -c cpool -n __cpool_options -s k -l keep-order -d 'output in the order of the items: so without -u'
complete -c cpool -n __cpool_options -l group -d 'output of a task stays together: so without -u'
complete -c cpool -n __cpool_options -l tmpdir -x -a '(__fish_complete_directories)' -d 'for output that must wait and exceeds 64 MiB'
complete -c cpool -n __cpool_options -l no-opts -d 'leave the options in CPOOL_OPTS unread'
complete -c cpool -n __cpool_options -l completion -x -a 'bash zsh fish' -d 'print completions for bash, zsh or fish'
complete -c cpool -n __cpool_options -l functions -d 'list the built-in functions'
complete -c cpool -n __cpool_options -s h -l help -f -a 'all' -d 'print this; =all: a line for each option'
complete -c cpool -n __cpool_options -s V -l version -d 'print name and version'
complete -c cpool -n __cpool_options -f -a 'count fib identity nap pid power square' -d function
complete -c cpool -n __cpool_options -f -a '(__fish_complete_command)'
complete -c cpool -n 'not __cpool_options' -f -a '(complete -C (__cpool_command)" "(commandline -ct))'
