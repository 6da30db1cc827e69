/*
 * outbox.pml: each item of a chunk is answered exactly once, whenever its worker is killed.
 *
 * A model of the way of answers from a worker to the parent, for the model checker spin: gathered in shared memory, committed, written to
 * the pipe in parts, read; and of what the parent takes from a dead worker. One step here is one store that the parent can see
 * there, or one write or read; beside it stands the function that does it. run-models.sh runs it, and with each fault below.
 *
 * A worker has a chunk of ITEMS items. An item's answer goes into the open RESULTS message or, where the item is APART, is
 * told by two messages, OUTPUT and DONE. Each message is two units long, so that the pipe can hold half of one. The worker may be
 * killed at any step; what is in the pipe by then stays there.
 *
 * Faults that can be brought back:
 *   COMMIT_BEFORE_WRITE   a message is committed before its bytes stand in shared memory
 *   NOT_WITHHELD          OUTPUT is committed by itself, before DONE
 *   DONE_FROM_STREAM      the parent counts what has been told, and does not look at `progress`
 *   NO_RECOVERY           what was committed and not written is not taken from the shared memory
 */

#ifndef ITEMS
#define ITEMS 3
#endif
#define MESSAGES (2 * ITEMS + 1)
#define SIZE 2 /* units of a message */

/* ---- struct outbox_shared: what is still there when the worker is dead ---- */

mtype = { RESULTS, OUTPUT, DONE };
mtype kind[MESSAGES]; /* `bytes`: the messages, in order; */
byte count[MESSAGES]; /* RESULTS: how many items it answers */
bit whole[MESSAGES];  /* all its bytes are in place */
byte committed;       /* units of whole messages, in all */
byte done;            /* `progress`, one word: items that are done, */
bit running;          /* and whether the next one has begun */

/* ---- the pipe: its units are those of the messages, in order ---- */

byte written, received;
bit dead;

/* ---- what happens to each item ---- */

byte begun[ITEMS], output[ITEMS], told[ITEMS], lost[ITEMS];

/* ---- the worker ---- */

byte end; /* struct outbox: messages that are whole */

inline outbox_commit(what, items)
{
#ifdef COMMIT_BEFORE_WRITE
    committed = (withheld -> committed : (end + 1) * SIZE);
#endif
    d_step { kind[end] = what; count[end] = items; whole[end] = 1; end++ };
#ifndef COMMIT_BEFORE_WRITE
    committed = (withheld -> committed : end * SIZE)
#endif
}

inline outbox_end_results()
{
    if
    :: open > 0 -> outbox_commit(RESULTS, open); open = 0
    :: else
    fi
}

inline answer_apart()
{
    outbox_end_results();
#ifndef NOT_WITHHELD
    withheld = 1;
#endif
    outbox_commit(OUTPUT, 0);
    withheld = 0;
    outbox_commit(DONE, 0);
    d_step { done++; running = 0 } /* outbox_item_told */
}

active proctype Worker() provided (!dead)
{
    byte open; /* items that the open RESULTS message answers */
    byte item;
    bit withheld;

    do
    :: item < ITEMS ->
        d_step { running = 1; begun[item]++ }; /* outbox_item_begin */
        if
        :: d_step { done++; running = 0 }; open++ /* outbox_item_done: nothing is committed by that */
        :: answer_apart()
        fi;
        item++
    :: outbox_end_results()
    :: written < end * SIZE -> written++ /* outbox_flush: as much as the pipe takes */
    od
}

/* ---- the parent ---- */

byte taken; /* messages */
byte ended; /* struct ledger_chunk: items that have ended, in order */
bit settled;

inline take_message()
{
    d_step {
        assert(whole[taken]);
        if
        :: kind[taken] == RESULTS ->
            i = 0;
            do
            :: i < count[taken] -> output[ended]++; told[ended]++; ended++; i++
            :: else -> break
            od;
            i = 0
        :: kind[taken] == OUTPUT -> output[ended]++
        :: kind[taken] == DONE -> told[ended]++; ended++
        fi;
        taken++
    }
}

active proctype Parent()
{
    byte i;
    do
    :: received < written -> received++ /* channel_fill */
    :: received >= (taken + 1) * SIZE -> take_message() /* channel_next */
    :: dead && received == written && received < (taken + 1) * SIZE -> break /* the end of the pipe */
    od;

    /* settle */
#ifndef NO_RECOVERY
    received = committed; /* outbox_recover: what has not come through the pipe */
#endif
    do
    :: received >= (taken + 1) * SIZE -> take_message()
    :: else -> break
    od;
    atomic { /* outbox_recover_items; settle_chunk */
#ifndef DONE_FROM_STREAM
        do
        :: done > ended -> output[ended]++; told[ended]++; ended++
        :: else -> break
        od;
#endif
        if
        :: running && done == ended -> lost[ended]++; ended++
        :: else
        fi;
        settled = 1
    }
}

/* ---- the world, and what must hold then: what has not ended is taken back, to be begun by another worker ---- */

#define IS_ANSWERED(item) (begun[item] == 1 && told[item] == 1 && output[item] == 1 && lost[item] == 0)
#define IS_LOST(item)     (begun[item] == 1 && told[item] == 0 && output[item] == 0 && lost[item] == 1)
#define IS_BACK(item)     (begun[item] == 0 && told[item] == 0 && output[item] == 0 && lost[item] == 0 && item >= ended)

active proctype World()
{
    byte i;
    dead = 1; /* at any step */
    settled;
    d_step {
        do
        :: i < ITEMS -> assert(IS_ANSWERED(i) || IS_LOST(i) || IS_BACK(i)); i++
        :: else -> break
        od
    }
}
