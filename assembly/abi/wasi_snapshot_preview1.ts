// The part of WASI preview 1 that proxies serve and the library uses. The name of this file is the wasm import module.
// All return 0 when all went well.

export declare function environ_sizes_get(count: usize, size: usize): u32;
export declare function environ_get(pointers: usize, text: usize): u32;
export declare function random_get(to: usize, size: usize): u32;
