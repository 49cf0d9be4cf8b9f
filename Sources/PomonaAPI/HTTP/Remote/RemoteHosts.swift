/// Hosts of which this server may fetch what a client names by URL.
///
/// None are, unless they are named: a server that fetches any URL for anybody is a way into the network around it.
public struct RemoteHosts: Sendable, Equatable {
    private let names: Set<String>

    /// - Parameter names: host names such as `photos.example.org`, whole domains such as `*.example.org`, and with a port
    ///   where it is not the scheme's own, such as `photos.example.org:8443`.
    public init(_ names: Set<String> = []) {
        self.names = Set(names.map { $0.lowercased() })
    }

    /// - Parameter port: `nil` for the scheme's own.
    func contains(_ host: String, port: Int?) -> Bool {
        let suffix = port.map { ":\($0)" } ?? ""
        if names.contains(host + suffix) { return true }
        var rest = host[...]
        while let dot = rest.firstIndex(of: ".") {
            if names.contains("*\(rest[dot...])\(suffix)") { return true }
            rest = rest[rest.index(after: dot)...]
        }
        return false
    }
}
