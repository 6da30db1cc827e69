/*
 * base.h: what every file of cpool includes first.
 *
 * The configuration, the attributes that the compiler checks for us, and the few macros without
 * which C repeats itself. No function of ours is declared here.
 */
#ifndef CPOOL_BASE_H
#define CPOOL_BASE_H

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define ATTR_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define ATTR_MUST_CHECK          __attribute__((warn_unused_result))
#define ATTR_MALLOC              __attribute__((malloc, warn_unused_result))
#define ATTR_COLD                __attribute__((cold))
#define ATTR_NOINLINE            __attribute__((noinline))
#define ATTR_UNUSED              __attribute__((unused))
#define LIKELY(condition)        __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition)      __builtin_expect(!!(condition), 0)
#else
#define ATTR_PRINTF(text, first)
#define ATTR_MUST_CHECK
#define ATTR_MALLOC
#define ATTR_COLD
#define ATTR_NOINLINE
#define ATTR_UNUSED
#define LIKELY(condition)   (condition)
#define UNLIKELY(condition) (condition)
#endif

/* Bytes that two processors must not share unless they talk to each other. */
#define CACHE_LINE 64

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#define KIB ((size_t)1024)
#define MIB ((size_t)1024 * KIB)

static inline size_t size_min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static inline uint64_t uint64_min(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static inline size_t size_max(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Where a test may kill a worker; nothing at all in a normal build. */
#ifdef CPOOL_FAULT_INJECTION
#include "fault/fault.h"
#else
#define FAULT_POINT(name)             ((void)0)
#define FAULT_FRAME(fd, bytes, count) ((void)0)
#endif

#endif
