public import Foundation

/// The one folder that holds everything of a studio.
///
/// ```
/// catalog.sqlite   all rows, and the keys; mode 0600
/// blobs/xx/        the bytes of blobs, one file each, by the first two digits of the file's name
/// models/          model files
/// jobs/<id>/       what a running job keeps between its checkpoints
/// derived/xx/      what can be made again, such as thumbnails
/// uploads/         label files that were sent and wait to be looked at, for a day
/// exports/         label files that wait to be downloaded, for a day
/// lock             held by the program that has the folder open
/// ```
public struct DataFolder: Hashable, Sendable {
    public let path: String

    public init(_ url: URL) {
        path = url.standardizedFileURL.path(percentEncoded: false).trimmingTrailingSlash
    }

    public var url: URL { URL(filePath: path, directoryHint: .isDirectory) }

    var catalog: String { path + "/catalog.sqlite" }
    var blobs: String { path + "/blobs" }
    var models: String { path + "/models" }
    var jobs: String { path + "/jobs" }
    var derived: String { path + "/derived" }
    var uploads: String { path + "/uploads" }
    var exports: String { path + "/exports" }

    /// The 256 folders that files are spread over: a folder of a million files is slow to list and to remove from.
    static let shards: [String] = (0..<256).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }

    /// Makes whatever part of the folder is missing, readable to its owner only.
    ///
    /// - Throws: ``StoreError/folderNotUsable(_:reason:)`` where the folder cannot be made or written.
    func create() throws(StoreError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .folderNotUsable(path, reason: "it cannot be created (\(error.localizedDescription))")
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            throw .folderNotUsable(path, reason: "it is not writable")
        }
        for folder in [blobs, models, jobs, derived] { try SystemCall.makeFolder(folder) }
        for sharded in [blobs, derived] {
            for shard in Self.shards { try SystemCall.makeFolder("\(sharded)/\(shard)") }
            try SystemCall.synchronizeFolder(sharded)
        }
        try SystemCall.synchronizeFolder(path)
    }
}

extension String {
    fileprivate var trimmingTrailingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
