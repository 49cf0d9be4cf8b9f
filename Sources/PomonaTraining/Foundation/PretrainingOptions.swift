import Foundation
public import PomonaCore
public import PomonaEngine

/// What a stage of pretraining is told, in a file of JSON, and what its checkpoint keeps of it.
public protocol PretrainingOptions: Codable, Sendable {
    /// The names that a file of options may use.
    static var names: [String] { get }
    var packs: [String] { get }
    /// Where the run keeps its checkpoint.
    var folder: String { get }
    var seed: UInt64 { get }
    /// Where to compute; `nil` is the best there is.
    var device: DevicePreference? { get }
    /// How photos are held out; `nil` leaves it to the run, see ``HeldOutRule``.
    var heldOut: HeldOutRule? { get set }

    /// - Throws: ``PretrainingOptionsError/outOfRange(name:found:allowed:)`` for the first that makes no sense.
    func checkRanges() throws
}

extension PretrainingOptions {
    /// Reads a file of options.
    ///
    /// - Throws: ``PretrainingOptionsError``; a name that is misspelt is told, so that it does not pass for one left out.
    public init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PretrainingOptionsError.missing(path: path)
        }
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw PretrainingOptionsError.noObject(path: path)
        }
        if let name = object.keys.sorted().first(where: { !Self.names.contains($0) }) {
            throw PretrainingOptionsError.unknown(path: path, name: name, known: Self.names)
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: data)
        } catch let error as DecodingError {
            throw PretrainingOptionsError(error, path: path)
        }
        try checkRanges()
    }

    /// These options for a run that goes on from a checkpoint: the same photos must stay held out.
    ///
    /// - Parameter stored: What the run was told before.
    /// - Throws: ``TrainingError/checkpointDiffers(path:field:)``.
    func goingOn(from stored: Self?, path: String) throws -> Self {
        var options = self
        guard let stored else {
            options.heldOut = heldOut ?? .hash
            return options
        }
        func names(_ options: Self) -> [String] {
            options.packs.map { URL(fileURLWithPath: $0).lastPathComponent }
        }
        // A checkpoint that says nothing is older than the choice.
        let rule = stored.heldOut ?? .shuffle
        for (field, isSame) in [
            ("packs", names(self) == names(stored)), ("seed", seed == stored.seed),
            ("heldOut", heldOut == nil || heldOut == rule),
        ] where !isSame {
            throw TrainingError.checkpointDiffers(path: path, field: field)
        }
        options.heldOut = rule
        return options
    }

    /// The ranges that both stages share.
    func checkCommonRanges(
        side: Int, leastSide: Int, batchSize: Int, warmUpSteps: Int, steps: Int, cooldownSteps: Int
    ) throws {
        func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>, multipleOf unit: Int = 1) throws {
            guard !range.contains(value) || value % unit != 0 else { return }
            let multiple = unit > 1 ? "a multiple of \(unit) in " : ""
            throw PretrainingOptionsError.outOfRange(
                name: name, found: "\(value)", allowed: "\(multiple)\(range.lowerBound)...\(range.upperBound)")
        }
        guard !packs.isEmpty else {
            throw PretrainingOptionsError.outOfRange(name: "packs", found: "none", allowed: "one or more")
        }
        try check("side", side, leastSide...1024, multipleOf: 32)
        try check("batchSize", batchSize, 1...4096)
        try check("warmUpSteps", warmUpSteps, 0...1_000_000_000)
        try check("steps", steps, 0...1_000_000_000)
        try check("cooldownSteps", cooldownSteps, 0...1_000_000_000)
    }
}

/// What is wrong with a file of options.
public enum PretrainingOptionsError: PomonaError, Equatable {
    case missing(path: String)
    case noObject(path: String)
    case unknown(path: String, name: String, known: [String])
    case absent(path: String, name: String)
    case invalid(path: String, name: String, reason: String)
    case outOfRange(name: String, found: String, allowed: String)

    init(_ error: DecodingError, path: String) {
        func name(_ keys: [any CodingKey]) -> String { keys.map(\.stringValue).joined(separator: ".") }
        switch error {
        case .keyNotFound(let key, let context):
            self = .absent(path: path, name: name(context.codingPath + [key]))
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self = .invalid(path: path, name: name(context.codingPath), reason: context.debugDescription)
        @unknown default:
            self = .invalid(path: path, name: "", reason: "\(error)")
        }
    }

    public var code: String { if case .missing = self { "optionsNotFound" } else { "invalidOption" } }

    public var message: String {
        switch self {
        case .missing(let path): "There is no readable file of options at \(path)."
        case .noObject(let path): "\(path) is no JSON object."
        case .unknown(let path, let name, let known):
            "\(path): there is no option \"\(name)\"; known are \(known.joined(separator: ", "))."
        case .absent(let path, let name): "\(path): the option \"\(name)\" is missing."
        case .invalid(let path, let name, let reason):
            "\(path): the option \"\(name)\" cannot be read: \(reason.withoutFullStop)."
        case .outOfRange(let name, let found, let allowed):
            "The option \"\(name)\" is \(found); it must be \(allowed)."
        }
    }

    public var hint: String? {
        switch self {
        case .unknown, .absent: "docs/foundation.md shows the options of the shipped foundation."
        default: nil
        }
    }

    public var kind: ErrorKind { if case .missing = self { .missing } else { .usage } }
}
