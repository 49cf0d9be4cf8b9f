import Foundation
import PomonaImaging

/// The photos that paths on a command line mean: files as they are, folders with what looks like a photo in them.
enum PhotoPaths {
    private static let extensions = Set(PhotoFormat.allCases.flatMap(\.fileExtensions))

    /// - Throws: ``CommandError/pathMissing(_:)``, ``CommandError/noPhotos(_:)``.
    static func resolve(_ paths: [String]) throws -> [String] {
        try paths.flatMap { path -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw CommandError.pathMissing(path)
            }
            guard isFolder.boolValue else { return [path] }
            let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
            let photos = names.filter { extensions.contains(($0 as NSString).pathExtension.lowercased()) }
            guard !photos.isEmpty else { throw CommandError.noPhotos(path) }
            return photos.sorted().map { (path as NSString).appendingPathComponent($0) }
        }
    }
}
