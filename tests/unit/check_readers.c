#include "unit.h"

#include "template/readers.h"

/*
 * The use of each word: . data, P program, S shell, o option of a shell, s script, f foreign, d doubtful, u
 * unknown, r reread, c code, l leading, ; end. An item decides on words with {}.
 */
static const char letters[] = {
    [READERS_DATA] = '.',   [READERS_PROGRAM] = 'P', [READERS_SHELL] = 'S',    [READERS_OPTION] = 'o',
    [READERS_SCRIPT] = 's', [READERS_FOREIGN] = 'f', [READERS_DOUBTFUL] = 'd', [READERS_UNKNOWN] = 'u',
    [READERS_REREAD] = 'r', [READERS_CODE] = 'c',    [READERS_LEADING] = 'l',  [READERS_END] = ';',
};

static enum readers_word how_known(const char *word)
{
    const char *mark = strstr(word, "{}");
    return mark == NULL ? READERS_KNOWN : mark == word ? READERS_LED : READERS_PARTLY;
}

static const char *uses_of(const char *command, struct readers *readers)
{
    static char uses[64];
    char copy[256], *at = uses;
    snprintf(copy, sizeof copy, "%s", command);
    *readers = (struct readers)READERS_INIT;
    for (char *word = strtok(copy, "_"); word != NULL; word = strtok(NULL, "_"))
        *at++ = letters[readers_take(readers, word, how_known(word))];
    *at = '\0';
    return uses;
}

static const struct {
    const char *command; /* _ parts the words */
    const char *uses;
} commands[] = {
    {"cat_{}", "P."},
    {"sh_-c_{}_x", "Sos."},
    {"/bin/bash_-ec_{}", "Sos"},
    {"bash5.2_-c_{}", "Sos"},
    {"zsh-static_-c_{}", "Sos"},
    {"bashful_-c_{}", "P.."},
    {"sh_{}", "S."},
    {"sh_x_-c_{}", "S..."},
    {"sh_-x_f_-c_{}", "So..."},
    {"sh_+c_{}", "Sos"},
    {"sh_-c_-e_{}", "Soos"},
    {"sh_-c_--_{}", "Soos"},
    {"sh_-c_-_{}", "Soos"},
    {"sh_--_-c_{}", "So.."},
    {"sh_-o_errexit_-c_{}", "So.os"},
    {"sh_-co_errexit_{}", "So.s"},
    {"bash_-O_extglob_-c_{}", "So.os"},
    {"bash_+O_extglob_-c_{}", "So.os"},
    {"bash_--rcfile_f_-c_{}", "So.os"},
    {"bash_-rcfile_f_-c_{}", "So.os"},
    {"bash_--norc_-c_{}", "Soos"},
    {"bash_-norc_{}", "So."},
    {"bash_-norc_-c_{}", "Soos"},
    {"yash_--rcfile=f_-c_{}", "Soos"},
    {"yash_--cmdline_{}", "Sos"},
    {"zsh_--emulate_sh_-c_{}", "So.os"},
    {"mksh_-T_x_-c_{}", "So.os"},
    /* which word is the script is not the same for all */
    {"bash_-oc_errexit_{}", "So.d"},
    {"zsh_-oc_errexit_{}", "So.d"},
    {"yash_-o_cmdline_{}", "So.d"},
    {"sh_{}_-c_{}", "S.od"},
    {"sh_-{}_-c_{}", "Soos"},
    /* behind programs that hand their words on */
    {"env_sh_-c_{}", "PSos"},
    {"env_-i_-u_A_-C_d_B=c_sh_-c_{}", "P......Sos"},
    {"env_-uA_--unset_A_--unset=A_--ch_d_-_sh_-c_{}", "P.......Sos"},
    {"env_--_{}_sh_-c_{}", "P..Sos"},
    {"env_x={}_{}_sh_-c_{}", "P..Sos"},
    {"env_-S_sh -c_{}", "P.cs"},
    {"env_-vSsh -c_{}", "Pcs"},
    {"env_--split-string=sh -c_{}", "Pcs"},
    {"env_-S_sh '-c'_{}", "P.c."},
    {"timeout_5_sh_-c_{}", "P.Sos"},
    {"timeout_-k_1_-s9_--sig_KILL_5_sh_-c_{}", "P......Sos"},
    {"timeout_{}_sh_-c_{}", "P.Sos"},
    {"nice_-n_5_nohup_setsid_-w_sh_-c_{}", "P..PP.Sos"},
    {"flock_-w_1_f_sh_-c_{}", "P...Sos"},
    {"chrt_-i_sh_-c_{}", "P.Sos"},
    {"chrt_-f_1_sh_-c_{}", "P..Sos"},
    {"xargs_-n_1_-I_x_sh_-c_{}", "P....Sos"},
    {"busybox_sh_-c_{}", "PSos"},
    {"busybox_env_busybox_ash_-c_{}", "PPPSos"},
    {"sudo_-u_a_A=b_sh_-c_{}", "P...Sos"},
    {"runuser_-u_a_--_sh_-c_{}", "P......"},
    {"find_._-exec_sh_-c_{}_;_-x", "P..Sos;."},
    {"find_._-exec_sh_-c_{}_x_;_-ok_sh_-c_{}_;", "P..Sos.;.Sos;"},
    {"find_._-exec_sh_-c_x_y_{}_+_-exec_sh_-c_{}_;", "P..Sos..;.Sos;"},
    {"watch_-x_sh_-c_{}", "P.Sos"},
    {"timeout_5_grep_sh_-c_{}", "P.P.od"},
    /* behind those that are not known */
    {"grep_bash_-c_{}", "P.od"},
    {"grep_-c_bash_{}", "P..."},
    {"a_bash_x_-c_{}", "P...."},
    {"a_bash_sh_-x_-c_{}_sh_-c_{}", "P..ood.od"},
    {"echo_sh_-c_{}", "P..."},
    {"{}_-c_{}", "P.u"},
    {"{}_-x_{}", "P.."},
    {"{}_sh_-c_{}", "P.od"},
    /* those whose quoting is not known */
    {"fish_-c_{}_{}", "Sof."},
    {"fish_-C_{}_-c_{}", "Sofof"},
    {"fish_--command={}", "So"},
    {"pwsh_-Command_{}_{}", "Soff"},
    {"env_tcsh_-fc_{}", "PSof"},
    /* those that read their words again */
    {"ssh_-p_1_{}_uptime_{}", "P..lrr"},
    {"ssh_--_{}_uptime_{}", "P..rr"},
    {"env_{}_a", "PlP"},
    {"env_a={}_a", "P.P"},
    {"su_{}_-c_x", "Pl.c"},
    {"script_{}", "Pl"},
    {"strace_{}", "Pl"},
    {"nice_{}", "PP"},
    {"ssh_h_-v_sh_-c_{}", "P..rrr"},
    {"su_a_-c_{}", "P..c"},
    {"su_-c_x_a_--_sh_{}", "P.c...."},
    {"su_-c_x_a_{}", "P.c.r"},
    {"su_a_b_-c_--_{}", "P.rrcr"},
    {"flock_f_-c_{}", "P..c"},
    {"watch_-n_1_{}", "P..r"},
    {"sudo_-s_{}", "P.r"},
    {"runuser_a_-c_{}", "P..c"},
    {"script_-qc_{}_f", "P.c."},
    {"cpool_{}", "Pr"},
    {"cpool_-j_2_sh_-c_{}", "P..Sos"},
    {"cpool_a_:::_{}", "PP.."},
    {"/usr/bin/ssh_h_{}", "P.r"},
    {"/usr/bin/env_sh_-c_{}", "PSos"},
    {"./script_{}", "P."},
    {"./env_sh_-c_{}", "P.od"},
};

START_TEST(the_use_of_each_word_is_told)
{
    struct readers readers;
    const char *uses = uses_of(commands[_i].command, &readers);
    ck_assert_msg(strcmp(uses, commands[_i].uses) == 0, "%s: %s, not %s", commands[_i].command, uses,
                  commands[_i].uses);
}
END_TEST

START_TEST(who_reads_a_word_has_a_name)
{
    struct readers readers;
    (void)uses_of("env_fish_-c_{}", &readers);
    ck_assert_str_eq(readers_name(&readers), "fish");
    (void)uses_of("timeout_5_ssh_h_{}", &readers);
    ck_assert_str_eq(readers_name(&readers), "ssh");
    ck_assert_int_eq(readers_judge(&readers), READERS_WARN);
    (void)uses_of("env_{}", &readers);
    ck_assert_int_eq(readers_judge(&readers), READERS_REFUSE);
    (void)uses_of("cpool_{}", &readers);
    ck_assert_int_eq(readers_judge(&readers), READERS_TAKE);
    (void)uses_of("env_-S_sh -c \"{}\"", &readers);
    ck_assert_str_eq(readers_name(&readers), "env");
    (void)uses_of("{}_-c_{}", &readers);
    ck_assert_ptr_nonnull(strstr(readers_name(&readers), "item"));
}
END_TEST

START_TEST(which_shells_may_read_a_script_is_told)
{
    struct readers readers;
    (void)uses_of("sh_-c_{}", &readers);
    ck_assert_uint_eq(readers_shells(&readers), READERS_ALL);
    (void)uses_of("busybox_sh_-c_{}", &readers);
    ck_assert_uint_eq(readers_shells(&readers), READERS_ASH);
    (void)uses_of("ksh_-c_{}", &readers);
    ck_assert_uint_eq(readers_shells(&readers), READERS_KSH93 | READERS_MKSH);
    ck_assert_uint_eq(readers_shells_named("/bin/dash"), READERS_ASH);
    ck_assert_uint_eq(readers_shells_named("/bin/busybox"), READERS_ASH);
    ck_assert_uint_eq(readers_shells_named("fish"), 0);
    ck_assert_uint_eq(readers_shells_named("cat"), 0);
}
END_TEST

START_TEST(a_shell_that_reads_its_input_is_told)
{
    static const struct {
        const char *command;
        bool reads;
    } readers_of_input[] = {
        {"sh", true},       {"sh_-x", true}, {"sh_-s_x", true}, {"env_sh", true},   {"ssh_h", true},
        {"sh_-c_x", false}, {"sh_x", false}, {"cat", false},    {"ssh_h_x", false}, {"at", true},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(readers_of_input); i++) {
        struct readers readers;
        (void)uses_of(readers_of_input[i].command, &readers);
        ck_assert_msg(readers_read_input(&readers) == readers_of_input[i].reads, "%s",
                      readers_of_input[i].command);
    }
}
END_TEST

START_TEST(what_one_more_word_would_be_changes_nothing)
{
    struct readers readers;
    (void)uses_of("sh_-c", &readers);
    ck_assert_int_eq(readers_next(&readers), READERS_SCRIPT);
    ck_assert_int_eq(readers_next(&readers), READERS_SCRIPT);
    (void)uses_of("ssh_h", &readers);
    ck_assert_int_eq(readers_next(&readers), READERS_REREAD);
}
END_TEST

/* ---- robustness ---- */

START_TEST(any_words_are_taken)
{
    static const char *const words[] = {"sh",   "env", "-c",  "{}",         "-",    "--", "-S",
                                        "ssh",  "-o",  "su",  "find",       ";",    "+",  "-exec",
                                        "sudo", "-s",  "",    "-Ssh -c {}", "fish", "x",  "-ux",
                                        "A=b",  "-x",  "--u", "busybox",    "=",    "-vS"};
    uint64_t state = 1;
    for (int round = 0; round < 20000; round++) {
        struct readers readers = READERS_INIT;
        for (size_t left = unit_below(&state, 12); left > 0; left--) {
            const char *word = words[unit_below(&state, ARRAY_LENGTH(words))];
            enum readers_use use = readers_take(&readers, word, how_known(word));
            if (use >= READERS_OPTION && use <= READERS_LEADING) {
                ck_assert_ptr_nonnull(readers_name(&readers));
                ck_assert_ptr_nonnull(readers_instead(&readers));
            }
            (void)readers_next(&readers);
            (void)readers_read_input(&readers);
        }
    }
}
END_TEST

UNIT_MAIN("readers")
{
    tcase_add_loop_test(tests, the_use_of_each_word_is_told, 0, ARRAY_LENGTH(commands));
    tcase_add_test(tests, who_reads_a_word_has_a_name);
    tcase_add_test(tests, which_shells_may_read_a_script_is_told);
    tcase_add_test(tests, a_shell_that_reads_its_input_is_told);
    tcase_add_test(tests, what_one_more_word_would_be_changes_nothing);
    tcase_add_test(tests, any_words_are_taken);
}
