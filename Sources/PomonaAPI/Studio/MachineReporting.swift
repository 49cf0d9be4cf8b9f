/// Tells what this machine is and whether anything is missing on it.
public protocol MachineReporting: Sendable {
    func about() async throws -> MachineReport
    func doctor() async throws -> [MachineCheck]
}

/// What runs here, and on what.
public struct MachineReport: Codable, Hashable, Sendable {
    public struct Device: Codable, Hashable, Sendable {
        public var name: String
        public var threads: Int
        public var memoryBytes: Int64

        public init(name: String, threads: Int, memoryBytes: Int64) {
            self.name = name
            self.threads = threads
            self.memoryBytes = memoryBytes
        }
    }

    public struct Component: Codable, Hashable, Sendable {
        public var name: String
        /// `nil` where it is not installed.
        public var version: String?
        public var purpose: String

        public init(name: String, version: String?, purpose: String) {
            self.name = name
            self.version = version
            self.purpose = purpose
        }
    }

    /// Such as `Linux x86_64`.
    public var platform: String
    public var dataFolder: String
    public var dataBytes: Int64
    public var freeBytes: Int64
    public var device: Device
    public var components: [Component]

    public init(
        platform: String, dataFolder: String, dataBytes: Int64, freeBytes: Int64, device: Device,
        components: [Component]
    ) {
        self.platform = platform
        self.dataFolder = dataFolder
        self.dataBytes = dataBytes
        self.freeBytes = freeBytes
        self.device = device
        self.components = components
    }
}

/// One thing that was looked at.
public struct MachineCheck: Codable, Hashable, Sendable {
    public enum State: String, Codable, Sendable {
        case good, warning, bad
    }

    public var title: String
    public var state: State
    public var message: String
    public var hint: String?

    public init(title: String, state: State, message: String, hint: String? = nil) {
        self.title = title
        self.state = state
        self.message = message
        self.hint = hint
    }
}
