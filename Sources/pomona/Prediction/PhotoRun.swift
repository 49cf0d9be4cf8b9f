import PomonaCore

/// Predicts many photos, as many at once as keep the machine busy, and hands out the answers in the photos' order.
struct PhotoRun {
    let model: LoadedModel
    let threshold: Double

    /// What becomes of one photo.
    enum Outcome: Sendable {
        case found(Prediction)
        case unusable(any PomonaError)
    }

    /// - Parameters:
    ///   - finish: Further work on a photo with its answer, done beside other photos.
    ///   - deliver: Gets each photo's index and what was found, or why the photo cannot be used.
    /// - Throws: What stops the whole run: an error that is not about one photo.
    func run(
        _ photos: [String], finish: @escaping @Sendable (Int, Prediction) throws -> Void,
        deliver: (Int, Outcome) throws -> Void
    ) async throws {
        // A slow photo at the front must not let those behind it pile up without end.
        let window = model.concurrency * 4
        var waiting: [Int: Outcome] = [:]
        var (begun, delivered) = (0, 0)
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            var running = 0
            func beginWhatMay() {
                while running < model.concurrency, begun < photos.count, begun - delivered < window {
                    let (index, path) = (begun, photos[begun])
                    group.addTask { (index, try await answer(index, path, finish)) }
                    begun += 1
                    running += 1
                }
            }
            beginWhatMay()
            while let (index, outcome) = try await group.next() {
                running -= 1
                waiting[index] = outcome
                // Before anything is written, so that nothing idles meanwhile.
                beginWhatMay()
                while let next = waiting.removeValue(forKey: delivered) {
                    try deliver(delivered, next)
                    delivered += 1
                }
                beginWhatMay()
            }
        }
    }

    private func answer(
        _ index: Int, _ path: String, _ finish: @Sendable (Int, Prediction) throws -> Void
    ) async throws -> Outcome {
        do {
            let prediction = try await model.predict(path: path, threshold: threshold)
            try finish(index, prediction)
            return .found(prediction)
        } catch let error as any PomonaError where error.kind == .badData || error.kind == .missing {
            return .unusable(error)
        }
    }
}
