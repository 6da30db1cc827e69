#include "ipc/message.h"

#include <string.h>

/* ---- little-endian numbers ---- */

static void put_number(unsigned char *bytes, size_t size, uint64_t value)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get_number(const unsigned char *bytes, size_t size)
{
    uint64_t value = 0;
    for (size_t i = size; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

/*
 * Where each number lies: header
 *     0 payload size (4)   4 type (1)   5 flags (1), all zero   6 slot (2)   8 item (8)
 */
void message_encode_header(unsigned char header[MESSAGE_HEADER_SIZE], enum message_type type, uint16_t slot,
                           uint64_t item, size_t payload)
{
    put_number(header, 4, payload);
    header[4] = (unsigned char)type;
    header[5] = 0;
    put_number(header + 6, 2, slot);
    put_number(header + 8, 8, item);
}

/* 0 magic (4)   4 version (2)   6 zero (2)   8 pid (4) */
void message_encode_hello(unsigned char payload[MESSAGE_HELLO_SIZE], uint32_t pid)
{
    memcpy(payload, MESSAGE_MAGIC, 4);
    put_number(payload + 4, 2, MESSAGE_VERSION);
    put_number(payload + 6, 2, 0);
    put_number(payload + 8, 4, pid);
}

static bool decode_hello(const unsigned char *payload, size_t length, struct message *message)
{
    (void)length;
    message->as.hello.pid = (uint32_t)get_number(payload + 8, 4);
    return memcmp(payload, MESSAGE_MAGIC, 4) == 0 && get_number(payload + 4, 2) == MESSAGE_VERSION &&
           get_number(payload + 6, 2) == 0;
}

static bool decode_output(const unsigned char *payload, size_t length, struct message *message)
{
    message->as.output.count = 1;
    message->as.output.bytes = (const char *)payload;
    message->as.output.length = length;
    return true;
}

/* 0 count (4)   then the output */
void message_encode_results(unsigned char payload[MESSAGE_RESULTS_SIZE], uint32_t count)
{
    put_number(payload, 4, count);
}

static bool decode_results(const unsigned char *payload, size_t length, struct message *message)
{
    message->as.output.count = (uint32_t)get_number(payload, 4);
    message->as.output.bytes = (const char *)payload + MESSAGE_RESULTS_SIZE;
    message->as.output.length = length - MESSAGE_RESULTS_SIZE;
    return message->as.output.count >= 1 && message->item <= UINT64_MAX - message->as.output.count;
}

/* 0 outcome (2) 2 program (2) 4 code (4)   8 started   16 run time   24 user   32 system   40 memory
 * 48 output   56 errors (8 each)   then the label */
void message_encode_done(unsigned char payload[MESSAGE_DONE_SIZE], const struct message_done *done)
{
    put_number(payload, 2, (uint64_t)done->outcome);
    put_number(payload + 2, 2, done->program);
    put_number(payload + 4, 4, done->code);
    put_number(payload + 8, 8, done->started);
    put_number(payload + 16, 8, done->run_time);
    put_number(payload + 24, 8, done->user_time);
    put_number(payload + 32, 8, done->system_time);
    put_number(payload + 40, 8, done->peak_memory);
    put_number(payload + 48, 8, done->output);
    put_number(payload + 56, 8, done->errors);
}

/* The codes that each outcome may have. */
static const struct {
    uint32_t smallest, largest;
} outcomes[] = {
    [OUTCOME_SUCCESS] = {0, 0},
    [OUTCOME_EXIT] = {1, 255},
    [OUTCOME_SIGNAL] = {1, 127},
    [OUTCOME_FAILED] = {1, 1},
    [OUTCOME_NO_EXEC] = {1, 4095},
    [OUTCOME_LOST] = {0, 127},
    [OUTCOME_TIMED_OUT] = {1, UINT32_MAX},
    [OUTCOME_SKIPPED] = {0, 0},
};

static bool decode_done(const unsigned char *payload, size_t length, struct message *message)
{
    uint64_t outcome = get_number(payload, 2);
    if (outcome >= OUTCOME_KINDS)
        return false;
    message->as.done = (struct message_done){
        .outcome = (enum message_outcome)outcome,
        .program = (uint32_t)get_number(payload + 2, 2),
        .code = (uint32_t)get_number(payload + 4, 4),
        .started = get_number(payload + 8, 8),
        .run_time = get_number(payload + 16, 8),
        .user_time = get_number(payload + 24, 8),
        .system_time = get_number(payload + 32, 8),
        .peak_memory = get_number(payload + 40, 8),
        .output = get_number(payload + 48, 8),
        .errors = get_number(payload + 56, 8),
        .label = (const char *)payload + MESSAGE_DONE_SIZE,
        .label_length = length - MESSAGE_DONE_SIZE,
    };
    uint32_t code = message->as.done.code;
    return code >= outcomes[outcome].smallest && code <= outcomes[outcome].largest;
}

/* 0 process (4)   4 length of the item (4)   8 started (8)   16 key (16)   then the item, then the command */
void message_encode_task(unsigned char payload[MESSAGE_TASK_SIZE], const struct message_task *task)
{
    put_number(payload, 4, task->pid);
    put_number(payload + 4, 4, task->item_length);
    put_number(payload + 8, 8, task->started);
    memcpy(payload + 16, task->key, sizeof task->key);
}

static bool decode_task(const unsigned char *payload, size_t length, struct message *message)
{
    size_t item_length = (size_t)get_number(payload + 4, 4), texts = length - MESSAGE_TASK_SIZE;
    if (item_length > texts)
        return false;
    message->as.task = (struct message_task){
        .pid = (uint32_t)get_number(payload, 4),
        .started = get_number(payload + 8, 8),
        .item = (const char *)payload + MESSAGE_TASK_SIZE,
        .item_length = item_length,
        .command = (const char *)payload + MESSAGE_TASK_SIZE + item_length,
        .command_length = texts - item_length,
    };
    memcpy(message->as.task.key, payload + 16, sizeof message->as.task.key);
    return true;
}

static bool decode_empty(const unsigned char *payload, size_t length, struct message *message)
{
    (void)payload, (void)length, (void)message;
    return true;
}

/* 0 signal (4) */
void message_encode_terminate(unsigned char payload[MESSAGE_TERMINATE_SIZE], uint32_t signal_number)
{
    put_number(payload, 4, signal_number);
}

static bool decode_terminate(const unsigned char *payload, size_t length, struct message *message)
{
    (void)length;
    message->as.terminate.signal = (uint32_t)get_number(payload, 4);
    return message->as.terminate.signal < 128;
}

/* A row a type: the payload's smallest and largest size, and who reads it (called with a payload of such a
 * size). */
static const struct message_form {
    uint32_t smallest, largest;
    bool (*decode)(const unsigned char *payload, size_t length, struct message *message);
} forms[] = {
    [MESSAGE_HELLO] = {MESSAGE_HELLO_SIZE, MESSAGE_HELLO_SIZE, decode_hello},
    [MESSAGE_OUTPUT] = {1, MESSAGE_PAYLOAD_MAX, decode_output},
    [MESSAGE_ERRORS] = {1, MESSAGE_PAYLOAD_MAX, decode_output},
    [MESSAGE_RESULTS] = {MESSAGE_RESULTS_SIZE, MESSAGE_PAYLOAD_MAX, decode_results},
    [MESSAGE_DONE] = {MESSAGE_DONE_SIZE, MESSAGE_PAYLOAD_MAX, decode_done},
    [MESSAGE_RETURN] = {0, 0, decode_empty},
    [MESSAGE_TERMINATE] = {MESSAGE_TERMINATE_SIZE, MESSAGE_TERMINATE_SIZE, decode_terminate},
    [MESSAGE_KILL] = {0, 0, decode_empty},
    [MESSAGE_STOP] = {0, 0, decode_empty},
    [MESSAGE_CONTINUE] = {0, 0, decode_empty},
    [MESSAGE_LIMIT] = {0, 0, decode_empty},
    [MESSAGE_TAKEN] = {0, 0, decode_empty},
    [MESSAGE_HUNGRY] = {0, 0, decode_empty},
    [MESSAGE_PASS_ASK] = {0, 0, decode_empty},
    [MESSAGE_PASS_GRANT] = {0, 0, decode_empty},
    [MESSAGE_TASK] = {MESSAGE_TASK_SIZE, MESSAGE_PAYLOAD_MAX, decode_task},
};

enum message_state message_decode(const void *bytes, size_t length, struct message *message, size_t *size)
{
    const unsigned char *header = bytes;

    *size = MESSAGE_HEADER_SIZE;
    if (length < MESSAGE_HEADER_SIZE)
        return MESSAGE_INCOMPLETE;

    size_t payload = (size_t)get_number(header, 4);
    unsigned type = header[4];
    if (type >= ARRAY_LENGTH(forms) || forms[type].decode == NULL || header[5] != 0)
        return MESSAGE_CORRUPT;
    if (payload < forms[type].smallest || payload > forms[type].largest)
        return MESSAGE_CORRUPT;

    *size = MESSAGE_HEADER_SIZE + payload;
    if (length < *size)
        return MESSAGE_INCOMPLETE;
    message->type = (enum message_type)type;
    message->slot = (uint16_t)get_number(header + 6, 2);
    message->item = get_number(header + 8, 8);
    return forms[type].decode(header + MESSAGE_HEADER_SIZE, payload, message) ? MESSAGE_COMPLETE
                                                                              : MESSAGE_CORRUPT;
}
