import Foundation
import PomonaCore

/// What commands say: answers on standard output, everything else on standard error.
enum Terminal {
    static let isInteractive = isatty(STDERR_FILENO) == 1

    static func print(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    }

    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    static func warning(_ text: String) { note("warning: \(text)") }

    static func error(_ error: any PomonaError) {
        note("error: \(error.message)")
        if let hint = error.hint { note(hint) }
    }

    /// Prints a value as one line of JSON.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
