import Foundation

/// How many areas glibc's allocator divides its memory into. By default it makes one for nearly every thread that allocates
/// beside others, and what is freed in one serves no other: a server has many threads, which mostly wait.
enum MemoryArenas {
    private typealias Option = @convention(c) (_ parameter: CInt, _ value: CInt) -> CInt

    /// `M_ARENA_MAX` of glibc's `malloc.h`, which Swift's module of glibc leaves out.
    private static let most: CInt = -8

    /// - Parameter count: What there may be at most. Without effect where there is another allocator.
    static func limit(to count: Int) {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "mallopt") else { return }
        _ = unsafeBitCast(symbol, to: Option.self)(most, CInt(count))
    }
}
