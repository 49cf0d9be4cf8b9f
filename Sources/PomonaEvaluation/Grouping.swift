/// Indices `0..<count` sorted into groups; inside a group they keep their order (a counting sort).
struct Grouping: Sendable {
    /// All indices, group after group.
    let indices: [Int32]

    /// Where each group starts in `indices`, and one entry more: the end of the last.
    private let starts: [Int]

    init(count: Int, groupCount: Int, groupOf: (Int) -> Int) {
        var ends = [Int](repeating: 0, count: groupCount + 1)
        for index in 0..<count {
            ends[groupOf(index) + 1] += 1
        }
        for group in 0..<groupCount {
            ends[group + 1] += ends[group]
        }
        starts = ends
        indices = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                let group = groupOf(index)
                buffer[ends[group]] = Int32(index)
                ends[group] += 1
            }
            initialized = count
        }
    }

    /// Where the group lies in `indices`.
    func range(of group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }

    subscript(group: Int) -> ArraySlice<Int32> { indices[range(of: group)] }
}
