import Foundation

/// Where the engine program is and what it runs with.
public struct EngineLocation: Sendable {
    /// Path of the executable.
    public let path: String

    /// How far the engine stands back behind other programs, 0...19 as `nice` counts.
    public var niceness = 0

    /// The variable by which the engine is told.
    public static let nicenessVariable = "POMONA_ENGINE_NICENESS"

    /// The same engine, standing back: for work that may take long beside a server that must answer at once.
    public var polite: EngineLocation {
        var location = self
        location.niceness = 10
        return location
    }

    public init(path: String) {
        self.path = path
    }

    /// Finds the engine: the path in `POMONA_ENGINE`, else beside the running executable.
    ///
    /// - Throws: ``EngineError/notFound(searched:)``.
    public static func find() throws -> EngineLocation {
        var searched: [String] = []
        if let named = ProcessInfo.processInfo.environment["POMONA_ENGINE"], !named.isEmpty { searched.append(named) }
        // The link knows where the program is even when it was found through PATH.
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        searched.append(URL(fileURLWithPath: own).deletingLastPathComponent().path + "/pomona-engine")
        guard let path = searched.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw EngineError.notFound(searched: searched)
        }
        return EngineLocation(path: path)
    }

    /// Whether the faster memory allocator is installed.
    public var hasAllocator: Bool { Self.allocator != nil }

    /// Variables that the engine runs with beside the caller's.
    ///
    /// Waiting threads of OpenMP must sleep: two programs that spin on the same cores slow each other about ten times.
    /// tcmalloc, where it is installed, makes training steps a sixth faster.
    var variables: [String: String] {
        var variables = ["OMP_WAIT_POLICY": "PASSIVE"]
        if niceness > 0 { variables[Self.nicenessVariable] = String(niceness) }
        if ProcessInfo.processInfo.environment["LD_PRELOAD"] == nil, let allocator = Self.allocator {
            variables["LD_PRELOAD"] = allocator
        }
        return variables
    }

    private static let allocator: String? = {
        let machine = ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu" }
        return (machine + ["/usr/lib64", "/usr/lib"]).map { "\($0)/libtcmalloc_minimal.so.4" }
            .first(where: FileManager.default.fileExists(atPath:))
    }()
}
