/// Keeps the last value that was made for half a minute: one click in the studio asks for the same label file and the same
/// list of photos several times, and both are slow to make where they are large.
actor Recent<Key: Hashable & Sendable, Value: Sendable> {
    private struct Entry {
        var number: Int
        var key: Key
        var making: Task<Value, any Error>
    }

    private static var lifetime: Duration { .seconds(30) }

    private var entry: Entry?
    private var count = 0

    /// The value of a key, made where it is not the last one's.
    func value(of key: Key, make: @escaping @Sendable () async throws -> Value) async throws -> Value {
        if let entry, entry.key == key { return try await entry.making.value }
        count += 1
        let number = count
        // A task of its own: the first who asked may go away while others wait.
        let making = Task { try await make() }
        entry = Entry(number: number, key: key, making: making)
        do {
            let value = try await making.value
            Task {
                try? await Task.sleep(for: Self.lifetime)
                forget(number)
            }
            return value
        } catch {
            forget(number)
            throw error
        }
    }

    private func forget(_ number: Int) {
        guard entry?.number == number else { return }
        entry = nil
        FreeMemory.giveBack()
    }
}
