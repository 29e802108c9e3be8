/** What `kernels/layout.ts`, which is compiled by both compilers, uses of AssemblyScript's types. */
declare type i32 = number;
