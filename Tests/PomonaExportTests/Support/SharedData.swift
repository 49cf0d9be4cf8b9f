import Foundation
import Testing

/// Published weights and photos that are no part of the project.
enum SharedData {
    static let root: String? = {
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("shared").path
        let candidates = [ProcessInfo.processInfo.environment["POMONA_SHARED"], beside]
        return candidates.compactMap(\.self).first { FileManager.default.fileExists(atPath: "\($0)/weights") }
    }()
    static var isPresent: Bool { root != nil }
    static let absence: Comment = "the shared weights and photos are not here (POMONA_SHARED)"

    /// The first photos of a folder of the shared photo sets, by name.
    static func photos(_ folder: String, count: Int) throws -> [String] {
        let path = "\(try #require(root))/data/\(folder)"
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        return names.filter { $0.hasSuffix(".jpg") }.sorted().prefix(count).map { "\(path)/\($0)" }
    }
}
