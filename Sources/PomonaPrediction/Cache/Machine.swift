import Crypto
import Foundation

/// What compiled networks depend on: the processor, the version of the runtime and its settings.
struct Machine {
    /// Sixteen hexadecimal digits, the same for the same machine, version and settings.
    let fingerprint: String

    init(runtimeVersion: String, settings: [(key: String, value: String)] = []) {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        self.init(runtimeVersion: runtimeVersion, settings: settings, processor: text)
    }

    /// - Parameter text: The processors as Linux describes them.
    init(runtimeVersion: String, settings: [(key: String, value: String)] = [], processor text: String) {
        // The first processor stands for all; its name and abilities, not its present frequency.
        let lines = text.split(separator: "\n").prefix { !$0.hasPrefix("processor") || $0.hasSuffix(": 0") }
        let telling = lines.filter { line in
            ["vendor_id", "model name", "flags", "Features", "CPU part"].contains { line.hasPrefix($0) }
        }
        let parts = telling.map(String.init) + [runtimeVersion] + settings.map { "\($0.key)=\($0.value)" }
        let digest = SHA256.hash(data: Data(parts.joined(separator: "\n").utf8))
        fingerprint = digest.prefix(8).map { String(format: "%02x", $0) }.joined()
    }
}
