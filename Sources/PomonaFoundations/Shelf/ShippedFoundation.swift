public import Foundation

/// The foundation that comes with the program.
public enum ShippedFoundation {
    public static let name = "pomona"

    /// Looks where an installation or a build keeps it; `nil` where it is missing, which a program can live with.
    ///
    /// - Parameters:
    ///   - executable: Path of the running program.
    ///   - environment: `POMONA_FOUNDATIONS` names a folder to look in first.
    public static func path(
        executable: String = ownExecutable, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        let folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
        var folders: [URL] = []
        if let named = environment["POMONA_FOUNDATIONS"], !named.isEmpty {
            folders.append(URL(fileURLWithPath: named, isDirectory: true))
        }
        folders.append(folder.appendingPathComponent("foundations"))
        folders.append(folder.deletingLastPathComponent().appendingPathComponent("share/pomona/foundations"))
        // A build lies a few folders below the package that holds the resource.
        var ancestor = folder
        for _ in 0..<5 {
            ancestor.deleteLastPathComponent()
            if FileManager.default.fileExists(atPath: ancestor.appendingPathComponent("Package.swift").path) {
                folders.append(ancestor.appendingPathComponent("Resources/foundations"))
                break
            }
        }
        return folders.map { $0.appendingPathComponent("\(name).safetensors").path }
            .first(where: FileManager.default.isReadableFile(atPath:))
    }

    /// The link knows where the program is even when it was found through PATH.
    public static var ownExecutable: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}
