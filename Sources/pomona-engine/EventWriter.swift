import Foundation
import PomonaEngine

/// Writes events to standard output, one JSON object a line.
struct EventWriter: Sendable {
    func write(_ event: EngineEvent) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // A loss that is not finite must not silence the report that says so.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? encoder.encode(event) else { return }
        // Once the reader is gone there is nobody left to tell.
        try? FileHandle.standardOutput.write(contentsOf: data + [0x0A])
    }
}
