public import Foundation

/// The files of the web page: plain ES modules, style sheets and the page that loads them.
///
/// They lie beside the program where it was installed and in the source tree where it was built. A program that was moved
/// without them still serves everything else: ``find(named:)`` answers `nil`, and whoever asks says so in words.
public struct WebResources: Sendable {
    /// The folder that holds `index.html`; absolute.
    public let folder: String

    /// Uses a folder, wherever it is.
    public init(folder: String) {
        self.folder = folder
    }

    /// Finds the folder: the one that was named, the one in the environment variable `POMONA_WEB`, then beside the program
    /// (`web`, `../share/pomona/web`), then in the source tree that the program was built in.
    ///
    /// - Returns: `nil` where there is none.
    public static func find(named name: String? = nil) -> WebResources? {
        let variable = ProcessInfo.processInfo.environment["POMONA_WEB"]
        let chosen = [name, variable].compactMap { $0 }.filter { !$0.isEmpty }
        let candidates = chosen.isEmpty ? besideProgram() : chosen
        return candidates.first { FileManager.default.fileExists(atPath: "\($0)/index.html") }.map {
            WebResources(folder: URL(filePath: $0).standardizedFileURL.path(percentEncoded: false).withoutLastSlash)
        }
    }

    private static func besideProgram() -> [String] {
        // The link knows where the program is even when it was found through PATH.
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var folder = URL(filePath: link ?? CommandLine.arguments[0]).deletingLastPathComponent().standardizedFileURL
        var candidates = ["web", "../share/pomona/web"].map { folder.path(percentEncoded: false) + "/\($0)" }
        // A test's program is not the package's own, so the path of the source is asked as well.
        candidates.append(
            URL(filePath: #filePath).deletingLastPathComponent().path(percentEncoded: false) + "/Resources")
        while folder.pathComponents.count > 1 {
            candidates.append(folder.path(percentEncoded: false) + "/Sources/PomonaWeb/Resources")
            folder.deleteLastPathComponent()
        }
        return candidates
    }

    /// The bytes of one file.
    ///
    /// - Parameter path: Below the folder, with slashes between its parts.
    /// - Returns: `nil` where there is no such file, or the path leads out of the folder.
    public func file(_ path: String) -> WebFile? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && $0.first != "." && !$0.utf8.contains(0) }
        guard isPlain, let type = WebFile.mediaType(of: path) else { return nil }
        let full = "\(folder)/\(path)"
        guard let bytes = FileManager.default.contents(atPath: full) else { return nil }
        return WebFile(bytes: bytes, mediaType: type)
    }
}

/// One file of the page.
public struct WebFile: Sendable {
    public var bytes: Data
    public var mediaType: String

    /// The media type that goes with the ending of a name; `nil` for endings that the page does not have.
    static func mediaType(of path: String) -> String? {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "webmanifest", "json": "application/json"
        case "woff2": "font/woff2"
        default: nil
        }
    }
}

extension String {
    fileprivate var withoutLastSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
