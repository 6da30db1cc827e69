/*
 * meter: what the kernel tells of memory, load and pressure, as far as it counts for this process.
 *
 * `root` is in front of all paths: normally "". Each call reads small files anew and returns 0, or -1 with
 * errno where the kernel does not tell.
 */
#ifndef CPOOL_METER_H
#define CPOOL_METER_H

#include "base/base.h"

/*
 * Bytes that programs can still take without swapping: MemAvailable of root/proc/meminfo, and no more than
 * the limit of each control group that this process is in leaves; file pages that the group can drop at once
 * count as free.
 */
int meter_memory(const char *root, uint64_t *bytes) ATTR_MUST_CHECK;

/* Processes and threads of the whole machine that run, want to, or wait for a disk; this one is not
 * counted. */
int meter_load(const char *root, unsigned *processes) ATTR_MUST_CHECK;

enum meter_pressure { METER_PROCESSOR, METER_MEMORY, METER_DISK, METER_PRESSURES };

/*
 * Microseconds for which some task had to wait for it, ever growing: of the control group that this process
 * is in, or else of the machine. At least one of them is known then; the others are 0.
 */
int meter_pressure(const char *root, uint64_t waited[METER_PRESSURES]) ATTR_MUST_CHECK;

#endif
