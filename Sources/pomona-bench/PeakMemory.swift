import Foundation

/// The most memory that this process has held at once, in MB; `nil` where the system does not tell.
///
/// `getrusage` is of no use here: its figure survives `exec` and may be the parent's.
func peakMemoryMB() -> Double? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
    return kilobytes.map { $0 / 1024 }
}
