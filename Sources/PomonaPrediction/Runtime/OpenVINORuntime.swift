import COpenVINO
public import Foundation

/// OpenVINO, opened while the program runs.
///
/// The program needs it for nothing but prediction and starts without it. Once opened it stays so until the program ends;
/// opening the same folder again costs next to nothing.
public final class OpenVINORuntime: Sendable {
    /// The folder that its libraries were taken from.
    public let libraryFolder: String

    /// For example "2026.4.1".
    public let version: String

    // Nothing changes behind the pointer once it is made, and OpenVINO allows calls from any thread.
    nonisolated(unsafe) let library: OpaquePointer

    /// The years whose versions have what is needed; versions are counted by the year they come out in.
    public static let supportedYears = 2024...2026

    /// Opens the OpenVINO in a folder.
    ///
    /// - Parameter libraryFolder: Holds the libraries, or is an unpacked Python package or archive of OpenVINO.
    /// - Throws: ``OpenVINOError`` where it is missing, incomplete, broken or of another version.
    public init(libraryFolder: String) throws {
        guard let folder = OpenVINOFolder(in: libraryFolder) else {
            throw OpenVINOFolder.hasRemains(in: libraryFolder)
                ? OpenVINOError.halfInstalled(folder: libraryFolder, missing: ["libopenvino_c.so"])
                : .notAnInstallation(folder: libraryFolder)
        }
        let missing = folder.missing
        guard missing.isEmpty else { throw OpenVINOError.halfInstalled(folder: folder.path, missing: missing) }

        var opened: OpaquePointer?
        do {
            try OpenVINOCall.run { copenvino_open(folder.libraryPath, &opened, $0, $1) }
        } catch {
            throw error.cause == .noSymbol
                ? OpenVINOError.otherVersion(folder: folder.path, found: nil)
                : .notLoadable(path: folder.libraryPath, reason: error.reason)
        }
        guard let opened else {
            throw OpenVINOError.notLoadable(path: folder.libraryPath, reason: "no reason was given")
        }
        version = try Self.version(ofBuild: String(cString: copenvino_version(opened)), folder: folder.path)
        self.libraryFolder = folder.path
        library = opened
    }

    /// The version in the name of a build, such as "2026.4.1-22982-e213a147257-releases/2026/4".
    static func version(ofBuild build: String, folder: String) throws(OpenVINOError) -> String {
        let version = String(build.prefix { $0 != "-" })
        guard let year = Int(version.prefix { $0 != "." }), supportedYears.contains(year) else {
            throw .otherVersion(folder: folder, found: build)
        }
        return version
    }

    /// Finds and opens OpenVINO.
    ///
    /// It is looked for in the folder that the environment variable `OPENVINO` names, and only there where that is set;
    /// otherwise in a folder `openvino` beside the program, then in `.openvino` of the folders that the program lies in,
    /// which is where `scripts/fetch-openvino.sh` puts it.
    ///
    /// - Parameter programFolder: The folder of the running program.
    public static func find(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        programFolder: String = OpenVINORuntime.programFolder
    ) throws -> OpenVINORuntime {
        if let named = environment["OPENVINO"], !named.isEmpty {
            return try OpenVINORuntime(libraryFolder: named)
        }
        let places = places(programFolder: programFolder)
        guard let place = places.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw OpenVINOError.notFound(searched: places)
        }
        return try OpenVINORuntime(libraryFolder: place)
    }

    /// The folder that the running program lies in, links resolved.
    public static var programFolder: String {
        let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
    }

    /// A build lies at most four folders deep in its project: `.build/<machine>/release/<program>`.
    private static func places(programFolder: String) -> [String] {
        var folder = URL(fileURLWithPath: programFolder)
        var places = [folder.appendingPathComponent("openvino").path]
        for _ in 0..<4 {
            places.append(folder.appendingPathComponent(".openvino").path)
            guard folder.path != "/" else { break }
            folder.deleteLastPathComponent()
        }
        return places
    }
}
