#! /bin/sh
# What `make check` runs of the fault injection: as many of its runs as fit into FAULT_SECONDS; `make faults` has all.
exec "${CPOOL_BUILDDIR:?}/tests/fault/inject" -s "${FAULT_SECONDS:-45}"
