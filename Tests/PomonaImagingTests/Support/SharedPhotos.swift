import Foundation

/// Photos that lie beside a developer's checkout and are not part of the project.
enum SharedPhotos {
    /// The four test photos of the fruit exercise; empty where there are none.
    static let fruitExerciseTest: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shared =
            ProcessInfo.processInfo.environment["POMONA_SHARED"].map { URL(filePath: $0) }
            ?? root.deletingLastPathComponent().appending(path: "shared")
        let folder = shared.appending(path: "data/fruit-exercise/test")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".jpg") }.sorted().map { folder.appending(path: $0).path() }
    }()
}
