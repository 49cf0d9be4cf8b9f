import Foundation

/// What this process has used of the machine.
enum ProcessMemory {
    /// The largest resident size so far, in MB (10⁶ bytes); 0 where the system does not say.
    static var peakMegabytes: Double {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { return 0 }
        return kibibytes * 1024 / 1e6
    }
}
