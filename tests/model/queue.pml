/*
 * queue.pml: no chunk that is ready waits for ever, none is lost, none is done twice, whoever is killed or stopped when.
 *
 * A model of how the parent and its workers meet at the queue, for the model checker spin: publishing, going to sleep and being woken,
 * claiming, burying, hiring, pausing and leaving. spin tries every order in which the steps can happen. One step here is one atomic
 * operation there, together with what nobody else can see; beside it stands the function that does it. Where a step may also fail for
 * no reason, that stands for all the ways in which it may come too early or too late. run-models.sh runs it, in several sizes, and
 * with each fault below brought back.
 *
 * Workers are killed (CRASHES times in all) and stopped by SIGSTOP (STOPS times) at any step, and continued late or never. The parent
 * is neither. The input stays open: what does not go on by itself is not saved by the next item; see Check.
 *
 * What is left out: the place in the ring where a search begins (`head`, a hint), how an answer reaches the parent (outbox.pml), time. A
 * chunk holds one task. Memory is sequentially consistent here; what makes it so where it matters are the fences in queue_announce
 * and queue_wake.
 */

/* ---- sizes: -DNAME=N ---- */

#ifndef WORKERS
#define WORKERS 3 /* seats; 2 or 3 */
#endif
#ifndef JOBS
#define JOBS WORKERS /* workers wanted at most */
#endif
#ifndef CHUNKS
#define CHUNKS 3 /* at most 3 */
#endif
#ifndef SLOTS
#define SLOTS 4 /* of the ring: a power of two */
#endif
#ifndef CRASHES
#define CRASHES 2
#endif
#ifndef STOPS
#define STOPS 2
#endif
#ifndef PAUSES
#define PAUSES 0 /* times that a worker is told to pause (--memsuspend) */
#endif
#ifndef LEAVES
#define LEAVES 0 /* times that there are to be fewer jobs (SIGUSR2) */
#endif
#ifndef CLOSES
#define CLOSES 0 /* 1: the input may end */
#endif

/*
 * PIPE: sleepers wait for a byte in the wake pipe; else for the futex. PROMPT: the parent hears answers at once: fewer orders to try, and
 * nobody is hired because of what has long been done.
 *
 * Faults that can be brought back:
 *   NO_SECOND_LOOK        a worker sleeps without a look after its announcement
 *   NO_REWAKE_ON_BURIAL   nobody is woken when a worker has ended
 *   NO_REWAKE_ON_STOP     nor when one was stopped
 *   NO_PASS_ON_PAUSE      one that pauses keeps the wake-up that it took
 *   HIRE_COUNTS_ALL       workers that can't help count as help
 *   HIRE_COUNTS_STUCK     one that is to leave and is stopped counts among the jobs
 */

#if WORKERS > 2
#define MORE(x) x
#else
#define MORE(x)
#endif
#define EACH(x)       x(0) x(1) MORE(x(2))
#define EACH_CHUNK(x) x(0) x(1) x(2)
#define ANY(x)        (false EACH(x)) /* each term begins with || */
#define SUM(x)        (0 EACH(x))     /* each term begins with + */

/* ---- shared memory ---- */

mtype:slot = { FREE, READY, CLAIMED };
mtype:slot state[SLOTS] = FREE; /* struct queue_slot: word, and the chunk */
byte owner[SLOTS], lap[SLOTS], chunk[SLOTS];
byte tail;
bit closed;
bit asleep[WORKERS];
bit leave[WORKERS], paused[WORKERS]; /* struct outbox_shared */

/* ---- the kernel ---- */

bit stopped[WORKERS];
bit known_stopped[WORKERS]; /* and the parent has heard it (SIGCHLD, waitid); that it goes on it hears at once */
#ifdef PIPE
byte bytes; /* in the wake pipe */
#else
bit moved[WORKERS];  /* the futex: instead of `event` itself, whether it has moved since the worker read its ticket; */
bit queued[WORKERS]; /* the worker is in the kernel's queue. A stop takes it out; continued, it compares again */
bit interrupted[WORKERS];
#endif

/* ---- what each worker does next; ENDED: to be buried ---- */

mtype:step = { NOBODY, LOOK, ANNOUNCE, LOOK_AGAIN, SEARCH, SLEEP, SLEEPING, READ_BYTE, ARRIVE, BEGIN, FINISH,
               PASS_ON, PASS_COUNT, PASS_MOVE, PASS_WAKE, PAUSING, ENDED };
mtype:step next[WORKERS] = NOBODY;
byte seen[WORKERS]; /* the tail, as read */
byte has[WORKERS];  /* the slot that it has claimed */

/* ---- what has become of each chunk. At a burial the parent knows BEGUN and ANSWERED from the outbox ---- */

mtype:fate = { UNREAD, WAITING, OUT, BEGUN, ANSWERED, TOLD };
mtype:fate fate[3] = UNREAD;

/* ---- the parent ---- */

byte jobs = JOBS;
byte outstanding; /* struct ledger: chunks in slots */
byte unread;      /* the first chunk that the source still has */
bit ends;         /* nothing more will come from it */
bit disturbed;    /* somebody may have taken a wake-up with him */
byte published;   /* in this round, and not all told */
bit ring_full;
bit polls;        /* it waits for news */
byte crashes, stops, pauses, leaves;

/* ---- a worker ---- */

#define IS_ASLEEP(w) + asleep[w]
#ifndef PIPE
/* Only where it matters: a ticket has been read. */
#define MOVE(w) moved[w] = (next[w] == ANNOUNCE || next[w] == LOOK_AGAIN || next[w] == SEARCH || next[w] == SLEEP || (STOPS > 0 && next[w] == SLEEPING && (queued[w] || interrupted[w])));
#define WAKE(w) :: queued[w] -> queued[w] = 0
#define WAKE_ONE(w) :: count > 0 && queued[w] -> queued[w] = 0; count--
#endif

/* Position `i` has a chunk for whoever comes. One that is READY no more never becomes so again: new ones come behind the tail. */
#define HAS_READY(position) (state[(position) % SLOTS] == READY && lap[(position) % SLOTS] == (position) / SLOTS)

/* The first chunk before position `end` becomes the worker's, if there is any: `found`. */
inline queue_claim(end)
{
    found = 0;
    i = 0;
    do
    :: i < end && !HAS_READY(i) -> i++
    :: else -> break
    od;
    if
    :: i < end ->
        i = i % SLOTS;
        state[i] = CLAIMED; /* the swap */
        owner[i] = me;
        has[me] = i;
        found = 1
    :: else
    fi;
    i = 0
}

#define READY_SLOT(s) (state[s] == READY)
#if SLOTS == 2
#define UNCLAIMED (READY_SLOT(0) + READY_SLOT(1))
#else
#define UNCLAIMED (READY_SLOT(0) + READY_SLOT(1) + READY_SLOT(2) + READY_SLOT(3))
#endif

inline release(at, as) /* ledger_done, ledger_take_back; queue_release */
{
    fate[chunk[at]] = as;
    state[at] = FREE;
    owner[at] = 0;
    lap[at] = 0;
    chunk[at] = 0;
    outstanding--
}

#define AT(step) next[me] == step && !stopped[me]

/*
 * Which seat is whose makes no difference. So after each step the seats are sorted: of up to six states that differ by that alone one is
 * searched (C. N. Ip and D. L. Dill, "Better verification through symmetry", 1996). A process keeps nothing of its own from step to step.
 */
#if WORKERS > 2
#ifdef PIPE
#define KERNEL_KEY(w)    0
#define SWAP_KERNEL(v, w)
#else
#define KERNEL_KEY(w) (moved[w] + 2 * (queued[w] + 2 * interrupted[w]))
#define SWAP_KERNEL(v, w) SWAP(moved, v, w) SWAP(queued, v, w) SWAP(interrupted, v, w)
#endif
hidden int spare;
#define KEY(w) \
    (next[w] + 32 * (seen[w] + 16 * (has[w] + 4 * (asleep[w] + 2 * (leave[w] + 2 * (paused[w] + \
     2 * (stopped[w] + 2 * (known_stopped[w] + 2 * KERNEL_KEY(w)))))))))
#define SWAP(field, v, w) spare = field[v]; field[v] = field[w]; field[w] = spare;
#define SWAP_OWNER(s, v, w) \
    owner[s] = (state[s] != CLAIMED -> 0 : (owner[s] == v -> w : (owner[s] == w -> v : owner[s])));
#if SLOTS == 2
#define SWAP_OWNERS(v, w) SWAP_OWNER(0, v, w) SWAP_OWNER(1, v, w)
#else
#define SWAP_OWNERS(v, w) SWAP_OWNER(0, v, w) SWAP_OWNER(1, v, w) SWAP_OWNER(2, v, w) SWAP_OWNER(3, v, w)
#endif
#define SORT_TWO(v, w) \
    if \
    :: KEY(v) > KEY(w) -> \
        SWAP(next, v, w) SWAP(seen, v, w) SWAP(has, v, w) SWAP(asleep, v, w) SWAP(leave, v, w) SWAP(paused, v, w) \
        SWAP(stopped, v, w) SWAP(known_stopped, v, w) SWAP_KERNEL(v, w) SWAP_OWNERS(v, w) \
        spare = 0 \
    :: else \
    fi;
#define SORT ; SORT_TWO(0, 1) SORT_TWO(1, 2) SORT_TWO(0, 1)
#else
#define SORT
#endif

proctype Worker(byte me)
{
    byte i;
    bit found;
    do
    /* ---- loop: the first look. It may be in vain for no reason: only that before sleeping counts ---- */
#if LEAVES
    :: AT(LOOK) && leave[me] -> next[me] = ENDED
#endif
#if CLOSES
    :: AT(LOOK) && closed -> next[me] = ENDED
#endif
    :: d_step { AT(LOOK) && UNCLAIMED > 0 -> /* claim; queue_claim */
        queue_claim(tail);
        if
        :: found -> next[me] = BEGIN
        :: else
        fi;
        found = 0 SORT }
    :: d_step { AT(LOOK) -> /* wait_for_chunk; queue_announce: the ticket */
        if
        :: paused[me] && !leave[me] -> next[me] = PASS_ON
        :: else ->
#ifndef PIPE
            moved[me] = 0;
#endif
            next[me] = ANNOUNCE
        fi SORT }

    /* ---- the second ---- */
    :: d_step { AT(ANNOUNCE) -> asleep[me] = 1; next[me] = LOOK_AGAIN SORT } /* queue_announce: the bit, the fence */
#ifdef NO_SECOND_LOOK
    :: d_step { AT(LOOK_AGAIN) -> next[me] = SLEEP SORT }
#else
    :: d_step { AT(LOOK_AGAIN) -> /* claim; queue_claim: closed and the tail are read */
        if
        :: paused[me] -> next[me] = ARRIVE /* nor does it sleep where the others do */
        :: !paused[me] && UNCLAIMED == 0 && !closed -> next[me] = (leave[me] -> ARRIVE : SLEEP) /* it is known to be in vain */
        :: !paused[me] && UNCLAIMED == 0 && closed -> next[me] = ENDED
        :: else -> seen[me] = tail; next[me] = SEARCH
        fi SORT }
    :: d_step { AT(SEARCH) -> /* queue_claim: the ring is searched */
        queue_claim(seen[me]);
        next[me] = (found -> BEGIN : (leave[me] -> ARRIVE : SLEEP));
        seen[me] = 0;
        found = 0 SORT }
#endif
#ifdef PIPE
    :: d_step { AT(SLEEP) && bytes > 0 -> next[me] = READ_BYTE SORT } /* queue_sleep: poll */
    :: d_step { AT(READ_BYTE) -> bytes = (bytes > 0 -> bytes - 1 : 0); next[me] = ARRIVE SORT } /* another may have been faster */
#else
    :: d_step { AT(SLEEP) -> /* queue_sleep: FUTEX_WAIT */
        queued[me] = !moved[me];
        moved[me] = 0;
        next[me] = SLEEPING SORT }
    :: d_step { AT(SLEEPING) && !queued[me] -> asleep[me] = 0; moved[me] = 0; next[me] = LOOK SORT } /* queue_arrive */
#endif
    :: d_step { AT(ARRIVE) -> /* queue_arrive */
#ifndef PIPE
        moved[me] = 0;
#endif
        asleep[me] = 0;
        next[me] = LOOK SORT }

    /* ---- run_chunk ---- */
    :: d_step { AT(BEGIN) -> /* queue_arrive; outbox_item_begin */
#ifndef PIPE
        moved[me] = 0;
#endif
        asleep[me] = 0;
        assert(fate[chunk[has[me]]] == OUT);
        fate[chunk[has[me]]] = BEGUN;
        next[me] = FINISH SORT }
    :: d_step { AT(FINISH) -> /* outbox_item_done */
#ifdef PROMPT
        release(has[me], TOLD); /* results_hear, at once */
#else
        fate[chunk[has[me]]] = ANSWERED;
#endif
        has[me] = 0;
        next[me] = LOOK SORT }

    /* ---- wait_paused ---- */
#if PAUSES
#ifdef NO_PASS_ON_PAUSE
    :: d_step { AT(PASS_ON) -> next[me] = PAUSING SORT }
#else
    :: d_step { AT(PASS_ON) -> next[me] = (UNCLAIMED > 0 -> PASS_COUNT : PAUSING) SORT } /* queue_unclaimed */
    :: d_step { AT(PASS_COUNT) -> next[me] = (SUM(IS_ASLEEP) > 0 -> PASS_MOVE : PAUSING) SORT } /* queue_wake */
#ifdef PIPE
    :: d_step { AT(PASS_MOVE) -> bytes++; next[me] = PAUSING SORT } /* wake */
#else
    :: d_step { AT(PASS_MOVE) -> EACH(MOVE) next[me] = PASS_WAKE SORT } /* wake: event + 1 */
    :: atomic { AT(PASS_WAKE) -> /* FUTEX_WAKE: any one in the kernel's queue */
        next[me] = PAUSING;
        if
        EACH(WAKE)
        :: else
        fi SORT }
#endif
#endif
    /* It looks every tenth of a second; here it need not: nothing relies on a second look. */
    :: d_step { AT(PAUSING) && (!paused[me] || leave[me]) -> next[me] = LOOK SORT }
#endif
    od
}

/* ---- the parent ---- */

#define ALL 254

#define IN_SEAT(w) (next[w] != NOBODY)
#ifdef HIRE_COUNTS_ALL
#define CAN_HELP(w) + IN_SEAT(w)
#else
#define CAN_HELP(w) + (IN_SEAT(w) && !leave[w] && !paused[w] && !known_stopped[w])
#endif
#ifdef HIRE_COUNTS_STUCK
#define HAS_JOB(w) + IN_SEAT(w)
#else
#define HAS_JOB(w) + (IN_SEAT(w) && !(leave[w] && known_stopped[w]))
#endif
#define IS_FREE(w) || next[w] == NOBODY
#define WANTS_TO_HIRE (outstanding > SUM(CAN_HELP) && SUM(HAS_JOB) < jobs && ANY(IS_FREE))

inline hire() /* crew_hire */
{
    if
    :: WANTS_TO_HIRE ->
        i = (next[0] == NOBODY -> 0 : (next[1] == NOBODY -> 1 : 2));
        next[i] = LOOK; /* worker_main */
        i = 0
    :: else
    fi
}

/* Ends with a new worker, where one is wanted: what goes on meanwhile has nothing to do with that. */
#define SLEEPERS SUM(IS_ASLEEP)
inline queue_wake(most)
{
    if
    :: d_step { SLEEPERS == 0 -> hire() SORT } /* the fence; queue_sleepers */
    :: d_step { SLEEPERS > 0 -> count = (most < SLEEPERS -> most : SLEEPERS) SORT };
#ifdef PIPE
        d_step { bytes = bytes + count; count = 0; hire() SORT }
#else
        d_step { EACH(MOVE) SORT }; /* wake: event + 1 */
        atomic { /* FUTEX_WAKE: any in the kernel's queue */
            do
            EACH(WAKE_ONE)
            :: else -> break
            od;
            count = 0;
            hire() SORT
        }
#endif
    fi
}

#define WAITS(c) || fate[c] == WAITING
#define HAS_WAITING (false EACH_CHUNK(WAITS))
#define SOURCE_HAS (!ends && unread < CHUNKS)

/* ledger_publish, queue_publish: what waits first, into the first slot behind the tail that is free. Nobody looks there before the tail moves. */
inline publish()
{
    count = (fate[0] == WAITING -> 0 : (fate[1] == WAITING -> 1 : 2));
    i = tail;
    do
    :: i < tail + SLOTS && state[i % SLOTS] == CLAIMED -> i++
    :: else -> break
    od;
    if
    :: i < tail + SLOTS && state[i % SLOTS] == FREE ->
        chunk[i % SLOTS] = count;
        lap[i % SLOTS] = i / SLOTS;
        state[i % SLOTS] = READY;
        fate[count] = OUT;
        outstanding++;
        published++;
        tail = i + 1
    :: else -> ring_full = 1
    fi;
    i = 0;
    count = 0
}

inline results_hear(c)
{
    i = 0;
    do
    :: !(state[i] == CLAIMED && chunk[i] == c) -> i++
    :: else -> break
    od;
    release(i, TOLD);
    i = 0
}

inline bury(w) /* results.c: bury, settle_chunk; crew_close_seat */
{
    i = 0;
    do
    :: i < SLOTS && state[i] == CLAIMED && owner[i] == w ->
        if
        :: fate[chunk[i]] == OUT -> release(i, WAITING) /* ledger_take_back */
        :: else -> release(i, TOLD) /* as done; or lose_item: as lost */
        fi;
        i++
    :: i < SLOTS && !(state[i] == CLAIMED && owner[i] == w) -> i++
    :: i >= SLOTS -> break
    od;
    i = 0;
    asleep[w] = 0; /* queue_forget_sleeper */
    leave[w] = 0;
    paused[w] = 0;
    known_stopped[w] = 0;
    next[w] = NOBODY;
#ifndef NO_REWAKE_ON_BURIAL
    disturbed = 1;
#endif
}

inline hear_stop(w) /* crew_reap */
{
    known_stopped[w] = 1;
#ifndef NO_REWAKE_ON_STOP
    disturbed = 1;
#endif
}

#define HEAR(c)      :: d_step { polls && fate[c] == ANSWERED -> results_hear(c); polls = 0 SORT }
#define BURY(w)      :: d_step { polls && next[w] == ENDED -> bury(w); polls = 0 SORT }
#define HEAR_STOP(w) :: d_step { polls && stopped[w] && !known_stopped[w] -> hear_stop(w); polls = 0 SORT }

/* crew_pause */
#define PAUSE(w) \
    :: d_step { polls && pauses < PAUSES && IN_SEAT(w) && next[w] != ENDED && !paused[w] -> \
        pauses++; paused[w] = 1; polls = 0 SORT }
#define GO_ON(w) :: d_step { polls && paused[w] -> paused[w] = 0; polls = 0 SORT }; queue_wake(ALL)

/* crew_send_home: the last one that stays. */
#define STAYS(w) (IN_SEAT(w) && !leave[w])
#define STAY(w) + STAYS(w)
inline crew_send_home()
{
    if
    :: SUM(STAY) > jobs ->
        i = (MORE(STAYS(2) -> 2 :) (STAYS(1) -> 1 : 0));
        leave[i] = 1;
        i = 0
    :: else
    fi
}

active proctype Parent() /* pool.c: run */
{
    byte count, i;
    do
    /* ---- feed ---- */
    :: d_step { !polls && HAS_WAITING && !ring_full -> publish() SORT };
        if
        :: published == 1 && !ring_full -> queue_wake(1)
        :: else
        fi
    :: d_step { !polls && !HAS_WAITING && SOURCE_HAS -> /* take_from_source */
        fate[unread] = WAITING;
        unread++;
        publish() SORT };
        if
        :: published == 1 && !ring_full -> queue_wake(1)
        :: else
        fi
    :: d_step { !polls && (!HAS_WAITING || ring_full) && published > 1 -> published-- SORT };
        queue_wake(published);
        published = 0
    :: d_step { !polls && (!HAS_WAITING || ring_full) && published <= 1 && disturbed && UNCLAIMED > 0 -> disturbed = 0 SORT };
        queue_wake(ALL)
#if CLOSES
    :: d_step { !polls && !HAS_WAITING && published <= 1 && ends && !closed -> closed = 1 SORT };
        queue_wake(ALL) /* close_queue */
#endif
    :: d_step { !polls && (!HAS_WAITING || ring_full) && published <= 1 && !(disturbed && UNCLAIMED > 0) ->
        disturbed = 0;
        ring_full = 0;
        published = 0;
        hire();
        polls = 1 SORT }

    /* ---- the news, one at a time ---- */
    EACH_CHUNK(HEAR)
    EACH(BURY)
    EACH(HEAR_STOP)
    :: d_step { polls && (WANTS_TO_HIRE || SOURCE_HAS) -> polls = 0 SORT } /* hiring_next; the poller */
#if PAUSES
    EACH(PAUSE)
    EACH(GO_ON)
#endif
#if LEAVES
    :: d_step { polls && leaves < LEAVES && jobs > 1 -> /* feed_set_jobs */
        leaves++;
        jobs--;
        polls = 0;
        crew_send_home() SORT };
        queue_wake(ALL)
#endif
#if CLOSES
    :: d_step { polls && !ends -> ends = 1; polls = 0 SORT }
#endif
    od
}

/* ---- what the world may do at any step ---- */

#define ALIVE(w) (next[w] != NOBODY && next[w] != ENDED)
#ifdef PIPE
#define COMPARE(w) skip
#define DEQUEUE(w) skip
#define FORGET(w) skip
#else
#define COMPARE(w) queued[w] = (next[w] == SLEEPING && interrupted[w] && !moved[w]); interrupted[w] = 0
#define DEQUEUE(w) interrupted[w] = queued[w]; queued[w] = 0
#define FORGET(w) queued[w] = 0; interrupted[w] = 0; moved[w] = 0
#endif

#define CONTINUE(w) \
    :: d_step { stopped[w] -> stopped[w] = 0; known_stopped[w] = 0; COMPARE(w) SORT }
#define STOP(w) \
    :: d_step { stops < STOPS && ALIVE(w) && !stopped[w] -> \
        stops++; stopped[w] = 1; DEQUEUE(w) SORT }
#define KILL(w) \
    :: d_step { crashes < CRASHES && ALIVE(w) -> \
        crashes++; stopped[w] = 0; known_stopped[w] = 0; has[w] = 0; seen[w] = 0; FORGET(w); next[w] = ENDED SORT }
active proctype World()
{
#define START(w) run Worker(w);
    atomic { EACH(START) };
    do
    EACH(KILL)
    EACH(STOP)
    EACH(CONTINUE)
    od
}

/* ---- what must hold whenever nothing moves any more ---- */

#ifdef PIPE
#define IS_STILL(w) && (!ALIVE(w) || stopped[w] || (next[w] == SLEEP && bytes == 0) || next[w] == PAUSING && paused[w])
#else
#define IS_STILL(w) && (!ALIVE(w) || stopped[w] || queued[w] || next[w] == PAUSING && paused[w] && !leave[w])
#endif
#define NO_NEWS(w) && next[w] != ENDED && stopped[w] == known_stopped[w]
#define NO_ANSWER(c) && fate[c] != ANSWERED
#define QUIET (polls && (true EACH(IS_STILL)) && (true EACH(NO_NEWS)) && (true EACH_CHUNK(NO_ANSWER)) && !WANTS_TO_HIRE)

#define COULD_TAKE(w) || (ALIVE(w) && !stopped[w] && !leave[w] && !paused[w])
#define KEEPS_JOB(w) + (ALIVE(w) && !(leave[w] && stopped[w]))
#define COULD_HIRE (SUM(KEEPS_JOB) < jobs && ANY(IS_FREE))

/* A chunk that the queue or the ledger has forgotten: claimed by nobody who could have it; or waiting though the ring has room. */
#define EACH_SLOT(x) (SLOTS == 2 -> (false x(0) x(1)) : (false x(0) x(1) x(SLOTS - 2) x(SLOTS - 1)))
#define FORGOTTEN(s) || (state[s] == CLAIMED && !(stopped[owner[s]] && ALIVE(owner[s])))
#define HAS_ROOM(s)  || state[s] == FREE

active proctype Check()
{
    d_step { QUIET && UNCLAIMED > 0 && (ANY(COULD_TAKE) || COULD_HIRE) -> assert(false) }
}

active proctype CheckNothingLost()
{
    d_step { QUIET && (EACH_SLOT(FORGOTTEN) || (HAS_WAITING && UNCLAIMED == 0 && EACH_SLOT(HAS_ROOM))) -> assert(false) }
}
