import Foundation

/// A folder of photos on this machine, in which the photos of a label file are looked for.
///
/// Nothing a label file says leads out of the folder: absolute paths and paths with `..` are never followed; of such a
/// name only the last part is used. Links that lie in the folder are followed, for it is the owner of the folder who
/// put them there.
public struct PhotoFolder: Sendable {
    /// Absolute, without a slash at its end.
    public let path: String

    /// - Throws: ``COCOError/missing(path:)`` if there is no such folder.
    public init(path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw COCOError.missing(path: path)
        }
        self.path = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL.path
    }

    /// The file that holds a photo, as an absolute path; `nil` if the folder does not have it.
    ///
    /// Tried in turn: `file_name` as a path within the folder, its last part, both percent-decoded, then the paths of
    /// `absolute_url` and `coco_url` and their last parts. Of a longer path of an address, everything after its first
    /// part (the container) is tried as well.
    public func file(of image: COCOImage) -> String? {
        if let name = image.fileName, let found = existing(name) { return found }
        var tried: Set<String> = []
        for candidate in Self.candidates(for: image) where tried.insert(candidate).inserted {
            if let found = existing(candidate) { return found }
        }
        return nil
    }

    /// The absolute path of a plain file within the folder.
    private func existing(_ candidate: String) -> String? {
        guard !candidate.isEmpty, !Self.leavesFolder(candidate) else { return nil }
        let full = "\(path)/\(candidate)"
        var status = stat()
        guard stat(full, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return full
    }

    private static func candidates(for image: COCOImage) -> [String] {
        var paths: [String] = []
        if let name = image.fileName {
            paths += [name, name.replacingOccurrences(of: "\\", with: "/")]
            if let decoded = name.removingPercentEncoding { paths.append(decoded) }
        }
        for address in [image.absoluteURL, image.cocoURL] {
            guard let location = address.flatMap(PhotoLocation.init(address:)) else { continue }
            let decoded = location.decodedPath
            paths.append(decoded)
            if let slash = decoded.firstIndex(of: "/") { paths.append(String(decoded[decoded.index(after: slash)...])) }
        }
        return paths + paths.compactMap { PhotoLocation.file($0).lastComponent }
    }

    /// Whether a path out of a label file leads out of the folder, or is none at all.
    static func leavesFolder(_ name: String) -> Bool {
        let bytes = name.utf8
        if bytes.first == UInt8(ascii: "/") || bytes.contains(0) { return true }
        // "..", as a whole part of the path, between slashes of either kind.
        guard bytes.contains(UInt8(ascii: ".")) || bytes.contains(UInt8(ascii: ":")) else { return false }
        let isSeparator: (UInt8) -> Bool = { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        if bytes.split(whereSeparator: isSeparator).contains(where: { $0.elementsEqual("..".utf8) }) { return true }
        // A drive letter of another system.
        return bytes.count > 2 && bytes.dropFirst().first == UInt8(ascii: ":")
            && bytes.dropFirst(2).first.map(isSeparator) == true
    }
}
