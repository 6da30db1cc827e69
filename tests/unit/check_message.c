#include "unit.h"

#include "ipc/message.h"

/* ---- one message of each type, byte by byte: what cpool-message(5) says, not what the code does ---- */

static const unsigned char hello[] = {
    12,   0,    0,    0,                /* payload size */
    1,    0,                            /* type, flags */
    3,    0,                            /* slot: worker 3 */
    0,    0,    0,    0,    0, 0, 0, 0, /* item */
    'C',  'P',  'O',  'L',              /* magic */
    1,    0,                            /* version */
    0,    0,                            /* zero */
    0x78, 0x56, 0x34, 0x12,             /* pid */
};

static const unsigned char output[] = {
    3,    0,    0,    0,             /* payload size */
    2,    0,                         /* type, flags */
    0x34, 0x12,                      /* slot */
    8,    7,    6,    5, 4, 3, 2, 1, /* item */
    'a',  0,    0xff,                /* bytes */
};

static const unsigned char errors[] = {
    2,   0,  0, 0,             /* payload size */
    3,   0,                    /* type, flags */
    1,   0,                    /* slot */
    9,   0,  0, 0, 0, 0, 0, 0, /* item */
    '!', 10,                   /* bytes */
};

static const unsigned char results[] = {
    8,   0,  0,   0,              /* payload size */
    4,   0,                       /* type, flags */
    2,   0,                       /* slot */
    100, 0,  0,   0,  0, 0, 0, 0, /* item */
    2,   1,  0,   0,              /* count: 258 */
    '1', 10, '4', 10,             /* output */
};

static const unsigned char done[] = {
    66,   0,    0,    0,                            /* payload size */
    5,    0,                                        /* type, flags */
    2,    0,                                        /* slot */
    101,  0,    0,    0,    0,    0,    0,    0,    /* item */
    1,    0,    3,    1,                            /* outcome, program: 259 */
    42,   0,    0,    0,                            /* code */
    0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, /* started */
    1,    2,    0,    0,    0,    0,    0,    0,    /* run time */
    3,    4,    0,    0,    0,    0,    0,    0,    /* user time */
    5,    6,    0,    0,    0,    0,    0,    0,    /* system time */
    7,    8,    0,    0,    0,    0,    0,    0x80, /* memory */
    9,    0,    0,    0,    0,    0,    0,    0,    /* output */
    0,    1,    0,    0,    0,    0,    0,    0,    /* errors */
    'h',  'i',                                      /* label */
};

static const unsigned char task[] = {
    38,   0,    0,    0,                                                          /* payload size */
    14,   0,                                                                      /* type, flags */
    2,    0,                                                                      /* slot */
    101,  0,    0,    0,    0,    0,    0,    0,                                  /* item */
    1,    2,    0,    0,                                                          /* process */
    1,    0,    0,    0,                                                          /* length of the item */
    0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88,                               /* started */
    0,    1,    2,    3,    4,    5,    6,    7,    8, 9, 10, 11, 12, 13, 14, 15, /* key */
    'a',                                                                          /* item */
    'l',  's',  ' ',  '-',  'l',                                                  /* command */
};

static const unsigned char handed_back[] = {
    0,   0, 0, 0,             /* payload size */
    6,   0,                   /* type, flags */
    2,   0,                   /* slot */
    102, 0, 0, 0, 0, 0, 0, 0, /* item */
};

static const unsigned char terminate[] = {
    4,  0, 0, 0,             /* payload size */
    7,  0,                   /* type, flags */
    0,  0,                   /* slot */
    0,  0, 0, 0, 0, 0, 0, 0, /* item */
    15, 0, 0, 0,             /* signal */
};

static const unsigned char killed[] = {
    0, 0, 0, 0,             /* payload size */
    8, 0,                   /* type, flags */
    0, 0,                   /* slot */
    0, 0, 0, 0, 0, 0, 0, 0, /* item */
};

static const struct {
    const unsigned char *bytes;
    size_t length;
} session[] = {
    {hello, sizeof hello},         {output, sizeof output}, {errors, sizeof errors},
    {results, sizeof results},     {done, sizeof done},     {handed_back, sizeof handed_back},
    {terminate, sizeof terminate}, {killed, sizeof killed}, {task, sizeof task},
};

#define SESSION_MAX 512

/* All of them, one behind the other. */
static size_t put_session(unsigned char bytes[SESSION_MAX])
{
    size_t length = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(session); i++) {
        memcpy(bytes + length, session[i].bytes, session[i].length);
        length += session[i].length;
    }
    return length;
}

/* Decode from memory that ends where the bytes do, so that a sanitizer sees a look behind them. */
static enum message_state decode_copy(const unsigned char *bytes, size_t length, struct message *message,
                                      size_t *size)
{
    unsigned char *copy = malloc(length);
    if (length > 0)
        memcpy(copy, bytes, length);
    enum message_state state = message_decode(copy, length, message, size);
    free(copy);
    return state;
}

static struct message decode_whole(const unsigned char *bytes, size_t length)
{
    struct message message;
    size_t size;
    ck_assert_int_eq(message_decode(bytes, length, &message, &size), MESSAGE_COMPLETE);
    ck_assert_uint_eq(size, length);
    return message;
}

/* ---- each type ---- */

START_TEST(hello_is_as_documented)
{
    unsigned char bytes[sizeof hello];
    message_encode_header(bytes, MESSAGE_HELLO, 3, 0, MESSAGE_HELLO_SIZE);
    message_encode_hello(bytes + MESSAGE_HEADER_SIZE, 0x12345678);
    ck_assert_mem_eq(bytes, hello, sizeof hello);

    struct message message = decode_whole(hello, sizeof hello);
    ck_assert_int_eq(message.type, MESSAGE_HELLO);
    ck_assert_uint_eq(message.slot, 3);
    ck_assert_uint_eq(message.as.hello.pid, 0x12345678);
}
END_TEST

START_TEST(output_is_as_documented)
{
    unsigned char header[MESSAGE_HEADER_SIZE];
    message_encode_header(header, MESSAGE_OUTPUT, 0x1234, UINT64_C(0x0102030405060708), 3);
    ck_assert_mem_eq(header, output, sizeof header);

    struct message message = decode_whole(output, sizeof output);
    ck_assert_int_eq(message.type, MESSAGE_OUTPUT);
    ck_assert_uint_eq(message.slot, 0x1234);
    ck_assert_uint_eq(message.item, UINT64_C(0x0102030405060708));
    ck_assert_uint_eq(message.as.output.length, 3);
    ck_assert_ptr_eq(message.as.output.bytes, (const char *)output + MESSAGE_HEADER_SIZE);
}
END_TEST

START_TEST(errors_are_as_documented)
{
    unsigned char header[MESSAGE_HEADER_SIZE];
    message_encode_header(header, MESSAGE_ERRORS, 1, 9, 2);
    ck_assert_mem_eq(header, errors, sizeof header);

    struct message message = decode_whole(errors, sizeof errors);
    ck_assert_int_eq(message.type, MESSAGE_ERRORS);
    ck_assert_uint_eq(message.item, 9);
    ck_assert_uint_eq(message.as.output.length, 2);
    ck_assert_mem_eq(message.as.output.bytes, "!\n", 2);
}
END_TEST

START_TEST(results_are_as_documented)
{
    unsigned char bytes[MESSAGE_HEADER_SIZE + MESSAGE_RESULTS_SIZE];
    message_encode_header(bytes, MESSAGE_RESULTS, 2, 100, 8);
    message_encode_results(bytes + MESSAGE_HEADER_SIZE, 258);
    ck_assert_mem_eq(bytes, results, sizeof bytes);

    struct message message = decode_whole(results, sizeof results);
    ck_assert_int_eq(message.type, MESSAGE_RESULTS);
    ck_assert_uint_eq(message.item, 100);
    ck_assert_uint_eq(message.as.output.count, 258);
    ck_assert_uint_eq(message.as.output.length, 4);
    ck_assert_mem_eq(message.as.output.bytes, "1\n4\n", 4);
}
END_TEST

START_TEST(done_is_as_documented)
{
    const struct message_done ended = {
        .outcome = OUTCOME_EXIT,
        .code = 42,
        .program = 259,
        .started = UINT64_C(0x8877665544332211),
        .run_time = 0x201,
        .user_time = 0x403,
        .system_time = 0x605,
        .peak_memory = UINT64_C(0x8000000000000807),
        .output = 9,
        .errors = 256,
    };
    unsigned char bytes[MESSAGE_HEADER_SIZE + MESSAGE_DONE_SIZE];
    message_encode_header(bytes, MESSAGE_DONE, 2, 101, 66);
    message_encode_done(bytes + MESSAGE_HEADER_SIZE, &ended);
    ck_assert_mem_eq(bytes, done, sizeof bytes);

    struct message message = decode_whole(done, sizeof done);
    ck_assert_int_eq(message.type, MESSAGE_DONE);
    ck_assert_uint_eq(message.item, 101);
    ck_assert_int_eq(message.as.done.outcome, OUTCOME_EXIT);
    ck_assert_uint_eq(message.as.done.code, 42);
    ck_assert_uint_eq(message.as.done.program, 259);
    ck_assert_uint_eq(message.as.done.started, ended.started);
    ck_assert_uint_eq(message.as.done.run_time, ended.run_time);
    ck_assert_uint_eq(message.as.done.user_time, ended.user_time);
    ck_assert_uint_eq(message.as.done.system_time, ended.system_time);
    ck_assert_uint_eq(message.as.done.peak_memory, ended.peak_memory);
    ck_assert_uint_eq(message.as.done.output, ended.output);
    ck_assert_uint_eq(message.as.done.errors, ended.errors);
    ck_assert_uint_eq(message.as.done.label_length, 2);
    ck_assert_mem_eq(message.as.done.label, "hi", 2);
}
END_TEST

START_TEST(task_is_as_documented)
{
    struct message_task begun = {.pid = 513, .started = UINT64_C(0x8877665544332211), .item_length = 1};
    for (unsigned char i = 0; i < sizeof begun.key; i++)
        begun.key[i] = i;
    unsigned char bytes[MESSAGE_HEADER_SIZE + MESSAGE_TASK_SIZE];
    message_encode_header(bytes, MESSAGE_TASK, 2, 101, 38);
    message_encode_task(bytes + MESSAGE_HEADER_SIZE, &begun);
    ck_assert_mem_eq(bytes, task, sizeof bytes);

    struct message message = decode_whole(task, sizeof task);
    ck_assert_int_eq(message.type, MESSAGE_TASK);
    ck_assert_uint_eq(message.as.task.pid, 513);
    ck_assert_uint_eq(message.as.task.started, begun.started);
    ck_assert_mem_eq(message.as.task.key, begun.key, sizeof begun.key);
    ck_assert_uint_eq(message.as.task.item_length, 1);
    ck_assert_mem_eq(message.as.task.item, "a", 1);
    ck_assert_uint_eq(message.as.task.command_length, 5);
    ck_assert_mem_eq(message.as.task.command, "ls -l", 5);
}
END_TEST

START_TEST(an_item_longer_than_the_message_is_refused)
{
    unsigned char bytes[sizeof task];
    memcpy(bytes, task, sizeof task);
    bytes[MESSAGE_HEADER_SIZE + 4] = 7;
    struct message message;
    size_t size;
    ck_assert_int_eq(decode_copy(bytes, sizeof bytes, &message, &size), MESSAGE_CORRUPT);
}
END_TEST

START_TEST(some_are_headers_alone)
{
    static const enum message_type types[] = {MESSAGE_RETURN,   MESSAGE_KILL,     MESSAGE_STOP,
                                              MESSAGE_CONTINUE, MESSAGE_LIMIT,    MESSAGE_TAKEN,
                                              MESSAGE_HUNGRY,   MESSAGE_PASS_ASK, MESSAGE_PASS_GRANT};
    static const unsigned char numbers[] = {6, 8, 9, 10, 11, 12, 13, 15, 16};
    for (size_t i = 0; i < ARRAY_LENGTH(types); i++) {
        unsigned char header[MESSAGE_HEADER_SIZE], expected[sizeof handed_back];
        memcpy(expected, handed_back, sizeof expected);
        expected[4] = numbers[i];
        message_encode_header(header, types[i], 2, 102, 0);
        ck_assert_mem_eq(header, expected, sizeof header);
        struct message message = decode_whole(expected, sizeof expected);
        ck_assert_int_eq(message.type, types[i]);
        ck_assert_uint_eq(message.slot, 2);
        ck_assert_uint_eq(message.item, 102);
    }
}
END_TEST

START_TEST(terminate_is_as_documented)
{
    unsigned char bytes[sizeof terminate];
    message_encode_header(bytes, MESSAGE_TERMINATE, 0, 0, MESSAGE_TERMINATE_SIZE);
    message_encode_terminate(bytes + MESSAGE_HEADER_SIZE, 15);
    ck_assert_mem_eq(bytes, terminate, sizeof terminate);

    struct message message = decode_whole(terminate, sizeof terminate);
    ck_assert_int_eq(message.type, MESSAGE_TERMINATE);
    ck_assert_uint_eq(message.as.terminate.signal, 15);
}
END_TEST

/* ---- sessions that were cut or damaged ---- */

START_TEST(a_cut_session_gives_what_was_whole_and_no_more)
{
    unsigned char bytes[SESSION_MAX];
    size_t whole = put_session(bytes);

    for (size_t length = 0; length <= whole; length++) {
        size_t at = 0, size;
        struct message message;
        for (size_t i = 0; i < ARRAY_LENGTH(session) && at + session[i].length <= length; i++) {
            ck_assert_int_eq(decode_copy(bytes + at, length - at, &message, &size), MESSAGE_COMPLETE);
            ck_assert_uint_eq(size, session[i].length);
            at += size;
        }
        ck_assert_int_eq(decode_copy(bytes + at, length - at, &message, &size), MESSAGE_INCOMPLETE);
        /* It says how much is wanted, so that a reader can wait for just that. */
        ck_assert_uint_gt(size, length - at);
    }
}
END_TEST

/* What a decoded message promises; a caller uses these numbers without looking twice. */
static bool is_sound(const struct message *message, const unsigned char *bytes, size_t size)
{
    const char *end = (const char *)bytes + size;
    switch (message->type) {
    case MESSAGE_OUTPUT:
    case MESSAGE_ERRORS:
        return message->as.output.length > 0 && message->as.output.bytes + message->as.output.length == end;
    case MESSAGE_RESULTS:
        return message->as.output.count > 0 && message->item + message->as.output.count > message->item &&
               message->as.output.bytes + message->as.output.length == end;
    case MESSAGE_DONE:
        return message->as.done.outcome < OUTCOME_KINDS &&
               message->as.done.label + message->as.done.label_length == end;
    case MESSAGE_TERMINATE:
        return message->as.terminate.signal < 128;
    case MESSAGE_TASK:
        return message->as.task.item + message->as.task.item_length == message->as.task.command &&
               message->as.task.command + message->as.task.command_length == end;
    default:
        return message->type >= MESSAGE_HELLO && message->type <= MESSAGE_PASS_GRANT;
    }
}

START_TEST(a_flipped_bit_is_a_clean_error_or_a_sound_message)
{
    unsigned char original[SESSION_MAX];
    size_t length = put_session(original);

    for (size_t bit = 0; bit < length * 8; bit++) {
        unsigned char *bytes = malloc(length);
        memcpy(bytes, original, length);
        bytes[bit / 8] ^= (unsigned char)(1U << bit % 8);
        for (size_t at = 0;;) {
            struct message message;
            size_t size;
            /* Moved to the end of memory of its own: a length that was believed too early shows at once. */
            unsigned char *rest = malloc(length - at);
            memcpy(rest, bytes + at, length - at);
            enum message_state state = message_decode(rest, length - at, &message, &size);
            if (state == MESSAGE_COMPLETE) {
                ck_assert_uint_le(size, length - at);
                ck_assert_msg(is_sound(&message, rest, size), "bit %zu", bit);
            }
            if (state == MESSAGE_INCOMPLETE)
                ck_assert_uint_gt(size, length - at);
            free(rest);
            if (state != MESSAGE_COMPLETE)
                break;
            at += size;
        }
        free(bytes);
    }
}
END_TEST

/* ---- what is refused ---- */

/* What a header of this type and payload size, and nothing behind it, is taken for. */
static enum message_state judge(unsigned type, size_t payload)
{
    unsigned char header[MESSAGE_HEADER_SIZE];
    struct message message;
    size_t size;
    message_encode_header(header, MESSAGE_KILL, 0, 0, payload);
    header[4] = (unsigned char)type;
    return decode_copy(header, sizeof header, &message, &size);
}

START_TEST(sizes_outside_the_limits_are_refused_by_the_header_alone)
{
    static const struct {
        enum message_type type;
        size_t smallest, largest;
    } limits[] = {
        {MESSAGE_HELLO, 12, 12},
        {MESSAGE_OUTPUT, 1, MESSAGE_PAYLOAD_MAX},
        {MESSAGE_ERRORS, 1, MESSAGE_PAYLOAD_MAX},
        {MESSAGE_RESULTS, 4, MESSAGE_PAYLOAD_MAX},
        {MESSAGE_DONE, 64, MESSAGE_PAYLOAD_MAX},
        {MESSAGE_RETURN, 0, 0},
        {MESSAGE_TERMINATE, 4, 4},
        {MESSAGE_KILL, 0, 0},
        {MESSAGE_STOP, 0, 0},
        {MESSAGE_CONTINUE, 0, 0},
        {MESSAGE_LIMIT, 0, 0},
        {MESSAGE_TAKEN, 0, 0},
        {MESSAGE_HUNGRY, 0, 0},
        {MESSAGE_TASK, 32, MESSAGE_PAYLOAD_MAX},
        {MESSAGE_PASS_ASK, 0, 0},
        {MESSAGE_PASS_GRANT, 0, 0},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(limits); i++) {
        unsigned type = limits[i].type;
        enum message_state well = limits[i].largest == 0 ? MESSAGE_COMPLETE : MESSAGE_INCOMPLETE;
        ck_assert_int_eq(judge(type, limits[i].smallest), well);
        ck_assert_int_eq(judge(type, limits[i].largest), well);
        ck_assert_int_eq(judge(type, limits[i].largest + 1), MESSAGE_CORRUPT);
        ck_assert_int_eq(judge(type, UINT32_MAX), MESSAGE_CORRUPT);
        if (limits[i].smallest > 0)
            ck_assert_int_eq(judge(type, limits[i].smallest - 1), MESSAGE_CORRUPT);
    }
}
END_TEST

START_TEST(the_largest_payload_is_taken)
{
    size_t length = MESSAGE_HEADER_SIZE + MESSAGE_PAYLOAD_MAX;
    unsigned char *bytes = malloc(length);
    memset(bytes, 'x', length);
    message_encode_header(bytes, MESSAGE_OUTPUT, 0, 0, MESSAGE_PAYLOAD_MAX);
    struct message message = decode_whole(bytes, length);
    ck_assert_uint_eq(message.as.output.length, MESSAGE_PAYLOAD_MAX);
    free(bytes);
}
END_TEST

START_TEST(unknown_types_are_refused)
{
    for (unsigned type = 0; type < 256; type++)
        if (type < MESSAGE_HELLO || type > MESSAGE_PASS_GRANT)
            for (size_t payload = 0; payload < 64; payload++)
                ck_assert_int_eq(judge(type, payload), MESSAGE_CORRUPT);
}
END_TEST

/* So that a later version can give flags a meaning that this one does not miss. */
START_TEST(set_flags_are_refused)
{
    for (size_t i = 0; i < ARRAY_LENGTH(session); i++)
        for (unsigned bit = 0; bit < 8; bit++) {
            unsigned char bytes[SESSION_MAX];
            struct message message;
            size_t size;
            memcpy(bytes, session[i].bytes, session[i].length);
            bytes[5] = (unsigned char)(1U << bit);
            ck_assert_int_eq(decode_copy(bytes, session[i].length, &message, &size), MESSAGE_CORRUPT);
        }
}
END_TEST

/* The message with `count` bytes at `at` replaced. */
static enum message_state judge_changed(const unsigned char *original, size_t length, size_t at,
                                        const char *change, size_t count)
{
    unsigned char bytes[SESSION_MAX];
    struct message message;
    size_t size;
    memcpy(bytes, original, length);
    memcpy(bytes + at, change, count);
    return decode_copy(bytes, length, &message, &size);
}

#define JUDGE(original, at, change) judge_changed(original, sizeof original, at, change, sizeof change - 1)

START_TEST(a_hello_of_another_program_or_version_is_refused)
{
    ck_assert_int_eq(JUDGE(hello, 16, "CPOO"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(hello, 20, "\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(hello, 20, "\2\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(hello, 20, "\1\1"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(hello, 22, "\1\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(hello, 22, "\0\1"), MESSAGE_CORRUPT);
}
END_TEST

START_TEST(counts_that_lead_nowhere_are_refused)
{
    ck_assert_int_eq(JUDGE(results, 16, "\0\0\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(results, 16, "\1\0\0\0"), MESSAGE_COMPLETE);
    /* Item and count together must not wrap. */
    ck_assert_int_eq(JUDGE(results, 8, "\xff\xff\xff\xff\xff\xff\xff\xff"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(results, 8, "\xfe\xfe\xff\xff\xff\xff\xff\xff"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(results, 8, "\xfd\xfe\xff\xff\xff\xff\xff\xff"), MESSAGE_COMPLETE);
}
END_TEST

START_TEST(signals_that_are_none_are_refused)
{
    ck_assert_int_eq(JUDGE(terminate, 16, "\0\0\0\0"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(terminate, 16, "\x7f\0\0\0"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(terminate, 16, "\x80\0\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(terminate, 16, "\x0f\0\0\x80"), MESSAGE_CORRUPT);
}
END_TEST

START_TEST(outcomes_that_are_none_are_refused)
{
    ck_assert_int_eq(JUDGE(done, 16, "\7\0\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(done, 16, "\1\1\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(done, 16, "\0\x80\0\0"), MESSAGE_CORRUPT);
    /* The two bytes behind are another number. */
    ck_assert_int_eq(JUDGE(done, 16, "\1\0\2\0"), MESSAGE_COMPLETE);
    /* A success has no code, a failure has one; only how a lost worker ended may be unknown. */
    ck_assert_int_eq(JUDGE(done, 16, "\0\0\0\0\0\0\0\0"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(done, 16, "\0\0\0\0\1\0\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(done, 16, "\1\0\0\0\0\0\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(done, 16, "\2\0\0\0\0\0\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(done, 16, "\3\0\0\0\1\0\0\0"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(done, 16, "\4\0\0\0\2\0\0\0"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(done, 16, "\6\0\0\0\0\0\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(done, 16, "\6\0\0\0\xff\xff\xff\xff"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(done, 16, "\5\0\0\0\0\0\0\0"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(done, 16, "\5\0\0\0\x09\0\0\0"), MESSAGE_COMPLETE);
}
END_TEST

START_TEST(codes_out_of_range_are_refused)
{
    ck_assert_int_eq(JUDGE(done, 16, "\1\0\0\0\xff\0\0\0"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(done, 16, "\1\0\0\0\0\1\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(done, 16, "\2\0\0\0\x40\0\0\0"), MESSAGE_COMPLETE);
    ck_assert_int_eq(JUDGE(done, 16, "\2\0\0\0\x80\0\0\0"), MESSAGE_CORRUPT);
    ck_assert_int_eq(JUDGE(done, 16, "\2\0\0\0\1\0\0\x80"), MESSAGE_CORRUPT);
}
END_TEST

START_TEST(a_time_limit_is_never_zero_milliseconds)
{
    ck_assert_uint_eq(message_milliseconds(0), 1);
    ck_assert_uint_eq(message_milliseconds(999999), 1);
    ck_assert_uint_eq(message_milliseconds(1500000000), 1500);
    ck_assert_uint_eq(message_milliseconds(UINT64_MAX), UINT32_MAX);
}
END_TEST

UNIT_MAIN("message")
{
    tcase_add_test(tests, hello_is_as_documented);
    tcase_add_test(tests, output_is_as_documented);
    tcase_add_test(tests, errors_are_as_documented);
    tcase_add_test(tests, results_are_as_documented);
    tcase_add_test(tests, done_is_as_documented);
    tcase_add_test(tests, task_is_as_documented);
    tcase_add_test(tests, an_item_longer_than_the_message_is_refused);
    tcase_add_test(tests, some_are_headers_alone);
    tcase_add_test(tests, terminate_is_as_documented);
    tcase_add_test(tests, a_cut_session_gives_what_was_whole_and_no_more);
    tcase_add_test(tests, a_flipped_bit_is_a_clean_error_or_a_sound_message);
    tcase_add_test(tests, sizes_outside_the_limits_are_refused_by_the_header_alone);
    tcase_add_test(tests, the_largest_payload_is_taken);
    tcase_add_test(tests, unknown_types_are_refused);
    tcase_add_test(tests, set_flags_are_refused);
    tcase_add_test(tests, a_hello_of_another_program_or_version_is_refused);
    tcase_add_test(tests, counts_that_lead_nowhere_are_refused);
    tcase_add_test(tests, signals_that_are_none_are_refused);
    tcase_add_test(tests, outcomes_that_are_none_are_refused);
    tcase_add_test(tests, codes_out_of_range_are_refused);
    tcase_add_test(tests, a_time_limit_is_never_zero_milliseconds);
}
