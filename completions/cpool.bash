# Completions of cpool for bash; made by cpool --completion=bash.
_cpool() {
    local word=${COMP_WORDS[COMP_CWORD]} option='' i
    COMPREPLY=()
    # What stands before the word: options, some with an argument, of which the last is the word itself,
    # perhaps; then the command. --name=value is three words here, as readline has it.
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --arg-file|-a|--argfile|--delimiter|-d|--colsep|-C|--col-sep|--header|--trim|--eof|-E|--seed|--total|--total-jobs|--max-args|-n|--maxargs|--max-replace-args|-N|--max-lines|-L|--max-chars|-s|--maxchars|--replace|-I|--block|--blocksize|--block-size|--recend|--recstart|--jobs|-j|--max-procs|-P|--env|--wd|--workdir|--work-dir|--nice|--delay|--load|--memfree|--memsuspend|--chunk|--timeout|--retries|--retry|--retry-delay|--halt|--halt-on-error|--grace|--termseq|--term-seq|--tagstring|--tag-string|--results|--res|--tmpdir|--joblog|--jl|--joblog-format|--failed|--trace|--completion)
                option=${COMP_WORDS[i]}
                [[ ${COMP_WORDS[i + 1]} != = ]] || ((i++))
                ((i++)) ;;
            --) ((i++)); break ;;
            -*)
                [[ ${COMP_WORDS[i + 1]} == = ]] || continue
                option=${COMP_WORDS[i]}
                ((i += 2)) ;;
            *) break ;;
        esac
    done
    if ((i < COMP_CWORD)); then
        if declare -F _comp_command_offset >/dev/null; then _comp_command_offset "$i"
        elif declare -F _command_offset >/dev/null; then _command_offset "$i"
        else mapfile -t COMPREPLY < <(compgen -f -- "$word"); fi
        return
    fi
    ((i > COMP_CWORD)) || option=''
    [[ $word != = ]] || word=''
    case $option in
        '') ;;
        --header) mapfile -t COMPREPLY < <(compgen -W ':' -- "$word"); return ;;
        --trim) mapfile -t COMPREPLY < <(compgen -W 'n l r lr' -- "$word"); return ;;
        --filter) mapfile -t COMPREPLY < <(compgen -W '0 len' -- "$word"); return ;;
        --jobs|-j|--max-procs|-P) mapfile -t COMPREPLY < <(compgen -W '0 50% 100% +1 -1' -- "$word"); return ;;
        --halt|--halt-on-error) mapfile -t COMPREPLY < <(compgen -W 'never now,fail=1 soon,fail=1 now,success=1' -- "$word"); return ;;
        --joblog-format) mapfile -t COMPREPLY < <(compgen -W 'json' -- "$word"); return ;;
        --completion) mapfile -t COMPREPLY < <(compgen -W 'bash zsh fish' -- "$word"); return ;;
        --help|-h) mapfile -t COMPREPLY < <(compgen -W 'all' -- "$word"); return ;;
        --arg-file|-a|--argfile|--joblog|--jl|--failed|--trace) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
        --wd|--workdir|--work-dir|--results|--res|--tmpdir) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
        *) return ;;
    esac
    if [[ $word == -* && ${COMP_WORDS[i - 1]} != -- ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--arg-file -a --null -0 --delimiter -d --colsep -C --csv --header --trim --eof -E --link --shuf --seed --total --no-run-if-empty -r --max-args -n --max-replace-args -N --max-lines -L -X -m --xargs --max-chars -s --exit -x --replace -I --filter --pipe --block --recend --recstart --regexp --jobs -j --shell -c --quote -q --command --env --wd --nice --delay --load --memfree --memsuspend --pressure --chunk --dry-run --verbose -t --timeout --retries --retry-delay --halt --grace --termseq --ungroup -u --keep-order -k --group --line-buffer --as-completed --interleave --tag --tagstring --color-failed --json --results --tmpdir --joblog --joblog-format --resume --resume-failed --failed --trace --summary --bar --progress --eta --no-opts --completion --functions --help -h --version -V' -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -c -- "$word"; compgen -W 'count countdown fib gen_fib identity nap pid power square' -- "$word")
    fi
}
complete -o filenames -F _cpool cpool
