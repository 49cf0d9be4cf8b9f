import Foundation

/// Files to upload, each with the name it will have.
struct UploadFiles {
    struct File {
        var url: URL
        var name: String
        var bytes: Int64

        var contentType: String {
            switch url.pathExtension.lowercased() {
            case "jpg", "jpeg": "image/jpeg"
            case "png": "image/png"
            case "gif": "image/gif"
            case "webp": "image/webp"
            case "tif", "tiff": "image/tiff"
            case "bmp": "image/bmp"
            case "json": "application/json"
            default: "application/octet-stream"
            }
        }
    }

    let files: [File]

    /// A name as headers and queries have it.
    static func encoded(_ name: String) -> String {
        name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? name
    }

    /// The length of a file in bytes.
    ///
    /// - Throws: ``HouseClientError/file(_:reason:)``.
    static func size(of file: URL) throws -> Int64 {
        do {
            // Opened, so that one that cannot be read is told before anything is on its way.
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            return Int64(clamping: try handle.seekToEnd())
        } catch {
            throw HouseClientError.file(file.path, reason: error.localizedDescription)
        }
    }

    /// - Throws: ``CommandError/pathMissing(_:)``.
    init(_ paths: [String]) throws {
        var files: [File] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw CommandError.pathMissing(path)
            }
            let url = URL(filePath: path)
            guard isFolder.boolValue else {
                files.append(File(url: url, name: url.lastPathComponent, bytes: try Self.size(of: url)))
                continue
            }
            let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
            for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
                let file = url.appending(path: name)
                let type = try FileManager.default.attributesOfItem(atPath: file.path)[.type] as? FileAttributeType
                if type == .typeRegular {
                    files.append(File(url: file, name: name, bytes: try Self.size(of: file)))
                }
            }
        }
        self.files = files
    }
}
