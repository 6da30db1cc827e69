/*
 * static_true: the cheapest program there is, so that the pool's own cost shows.
 *
 * A static C library is not cheap enough: before main it asks what processor this is, and under a
 * hypervisor each CPUID instruction traps; that was three quarters of the program's time. So, with -DNO_LIBC
 * and where we know how, it ends at once by itself; elsewhere it is an ordinary main.
 */
#ifdef NO_LIBC
void _start(void);

void _start(void)
{
#if defined(__x86_64__)
    __asm__ volatile("mov $231, %eax\n\txor %edi, %edi\n\tsyscall"); /* exit_group(0) */
#elif defined(__aarch64__)
    __asm__ volatile("mov x8, #94\n\tmov x0, #0\n\tsvc #0");
#else
#error "no NO_LIBC for this processor"
#endif
}
#else
int main(void)
{
    return 0;
}
#endif
