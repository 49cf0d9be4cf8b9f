import Foundation

/// Published weights and photos that are no part of the project.
public enum SharedData {
    public static let root: String? = {
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("shared").path
        let candidates = [ProcessInfo.processInfo.environment["POMONA_SHARED"], beside]
        return candidates.compactMap(\.self).first { FileManager.default.fileExists(atPath: "\($0)/weights") }
    }()
    public static var isPresent: Bool { root != nil }

    /// The first photos of a folder of the shared photo sets, by name.
    public static func photos(_ folder: String, count: Int) throws -> [String] {
        guard let root else { throw CocoaError(.fileNoSuchFile) }
        let path = "\(root)/data/\(folder)"
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        return names.filter { $0.hasSuffix(".jpg") }.sorted().prefix(count).map { "\(path)/\($0)" }
    }
}
