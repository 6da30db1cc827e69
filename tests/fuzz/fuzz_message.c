/*
 * fuzz_message: any bytes at all go through the decoder, as the parent reads a worker's pipe.
 *
 * What is decoded must lie within the input and be encoded to the same bytes again; a decoder that reads too
 * little, too much or something else is then seen even where no sanitizer would mind.
 */
#include "ipc/message.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert would vanish where NDEBUG is set. */
static void require(bool condition)
{
    if (!condition)
        abort();
}

/* The fixed part of the payload, encoded again: its size, 0 where the type has none. */
static size_t encode_again(const struct message *message, unsigned char *payload)
{
    switch (message->type) {
    case MESSAGE_HELLO:
        message_encode_hello(payload, message->as.hello.pid);
        return MESSAGE_HELLO_SIZE;
    case MESSAGE_RESULTS:
        message_encode_results(payload, message->as.output.count);
        return MESSAGE_RESULTS_SIZE;
    case MESSAGE_DONE:
        message_encode_done(payload, &message->as.done);
        return MESSAGE_DONE_SIZE;
    case MESSAGE_TASK:
        message_encode_task(payload, &message->as.task);
        return MESSAGE_TASK_SIZE;
    case MESSAGE_TERMINATE:
        message_encode_terminate(payload, message->as.terminate.signal);
        return MESSAGE_TERMINATE_SIZE;
    default:
        return 0;
    }
}

/* The bytes that stand behind the fixed part are these, and end where the message does. */
static void require_rest(const char *bytes, size_t length, const uint8_t *start, size_t size)
{
    require((const uint8_t *)bytes == start && length == size);
}

static void check_message(const struct message *message, const uint8_t *data, size_t size)
{
    unsigned char header[MESSAGE_HEADER_SIZE], payload[MESSAGE_DONE_SIZE];
    size_t fixed = encode_again(message, payload);
    const uint8_t *rest = data + MESSAGE_HEADER_SIZE + fixed;

    message_encode_header(header, message->type, message->slot, message->item, size - MESSAGE_HEADER_SIZE);
    require(memcmp(header, data, sizeof header) == 0);
    require(fixed <= size - MESSAGE_HEADER_SIZE);
    require(memcmp(payload, data + MESSAGE_HEADER_SIZE, fixed) == 0);

    size_t left = size - MESSAGE_HEADER_SIZE - fixed;
    switch (message->type) {
    case MESSAGE_RESULTS:
        require(message->as.output.count >= 1);
        require(message->item + message->as.output.count > message->item);
        require_rest(message->as.output.bytes, message->as.output.length, rest, left);
        break;
    case MESSAGE_OUTPUT:
    case MESSAGE_ERRORS:
        require(left > 0);
        require_rest(message->as.output.bytes, message->as.output.length, rest, left);
        break;
    case MESSAGE_DONE:
        require(message->as.done.outcome < OUTCOME_KINDS);
        require_rest(message->as.done.label, message->as.done.label_length, rest, left);
        break;
    case MESSAGE_TASK:
        require(message->as.task.item_length <= left);
        require_rest(message->as.task.item, left, rest, left);
        require(message->as.task.item + message->as.task.item_length == message->as.task.command);
        require(message->as.task.item_length + message->as.task.command_length == left);
        break;
    default:
        require(left == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (;;) {
        struct message message;
        size_t taken;
        enum message_state state = message_decode(data, size, &message, &taken);
        if (state == MESSAGE_INCOMPLETE)
            require(taken > size && taken <= MESSAGE_HEADER_SIZE + MESSAGE_PAYLOAD_MAX);
        if (state != MESSAGE_COMPLETE)
            return 0;
        require(taken >= MESSAGE_HEADER_SIZE && taken <= size);
        check_message(&message, data, taken);
        data += taken;
        size -= taken;
    }
}
