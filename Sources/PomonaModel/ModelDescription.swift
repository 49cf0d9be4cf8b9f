import Foundation
public import PomonaCore

/// Everything a model file says beside its numbers.
public struct ModelDescription: Sendable {
    /// What the model answers with.
    public enum Kind: String, Codable, Sendable {
        case detector, classifier
    }

    public var kind: Kind
    /// Tags in the order of their indices.
    public var labels: [String]
    public var architecture: DetectorArchitecture
    public var input: InputForm
    /// Further texts: recipe, steps, seed, foundation, dataset hash, metrics, program version; for people and reports.
    public var provenance: [String: String]

    public init(
        kind: Kind, labels: [String], architecture: DetectorArchitecture, input: InputForm,
        provenance: [String: String] = [:]
    ) {
        self.kind = kind
        self.labels = labels
        self.architecture = architecture
        self.input = input
        self.provenance = provenance
    }

    /// Version of the way descriptions are written. A program refuses what is newer.
    public static let formatVersion = 1
    private static let ownKeys: Set = ["format", "kind", "labels", "architecture", "input"]

    /// The description as texts for the head of a safetensors file.
    public var metadata: [String: String] {
        get throws {
            var texts = provenance
            texts["format"] = "pomona-model/\(Self.formatVersion)"
            texts["kind"] = kind.rawValue
            texts["labels"] = try Self.json(labels)
            texts["architecture"] = try Self.json(architecture)
            texts["input"] = try Self.json(input)
            return texts
        }
    }

    /// Reads the description of a model file of this project.
    ///
    /// - Throws: ``ModelFileError`` for weights without a description, a newer version, or fields that make no sense.
    public init(file: SafetensorsFile) throws {
        let texts = file.metadata
        guard let format = texts["format"], format.hasPrefix("pomona-model/") else {
            throw ModelFileError.noDescription(path: file.path)
        }
        guard let version = Int(format.dropFirst("pomona-model/".count)), version <= Self.formatVersion else {
            throw ModelFileError.newer(path: file.path, format: format)
        }
        func field<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
            guard let text = texts[name], let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) else {
                throw ModelFileError.invalidField(path: file.path, field: name, found: texts[name] ?? "nothing")
            }
            return value
        }
        guard let kind = texts["kind"].flatMap(Kind.init(rawValue:)) else {
            throw ModelFileError.invalidField(path: file.path, field: "kind", found: texts["kind"] ?? "nothing")
        }
        self.kind = kind
        labels = try field("labels", as: [String].self)
        architecture = try field("architecture", as: DetectorArchitecture.self)
        input = try field("input", as: InputForm.self)
        guard input.size.width > 0, input.size.height > 0, input.size.width % 32 == 0, input.size.height % 32 == 0,
            input.size.width <= 4096, input.size.height <= 4096
        else {
            throw ModelFileError.invalidField(path: file.path, field: "input", found: "a size of \(input.size)")
        }
        guard architecture.isPossible else {
            throw ModelFileError.invalidField(
                path: file.path, field: "architecture",
                found: "width \(architecture.width) and depth \(architecture.depth)")
        }
        guard !labels.isEmpty else {
            throw ModelFileError.invalidField(path: file.path, field: "labels", found: "no label")
        }
        provenance = texts.filter { !Self.ownKeys.contains($0.key) }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// What is wrong with a model file whose bytes are sound.
public enum ModelFileError: PomonaError {
    case noDescription(path: String)
    case newer(path: String, format: String)
    case invalidField(path: String, field: String, found: String)
    /// A tensor has another shape than the description asks for, or is missing.
    case tensorDiffers(path: String, name: String, expected: [Int], found: [Int]?)

    public var code: String {
        switch self {
        case .noDescription: "notAModel"
        case .newer: "modelTooNew"
        case .invalidField, .tensorDiffers: "modelCorrupt"
        }
    }

    public var message: String {
        switch self {
        case .noDescription(let path):
            "\(path) holds weights but says nothing of labels and architecture, so it is not a trained model."
        case .newer(let path, let format):
            "\(path) was written by a newer program (\(format)); this one reads up to "
                + "pomona-model/\(ModelDescription.formatVersion)."
        case .invalidField(let path, let field, let found):
            "\(path): the field \(field) of its description makes no sense: found \(found.prefix(80))."
        case .tensorDiffers(let path, let name, let expected, let found):
            "\(path): the tensor \(name) should have shape \(expected), found \(found.map(String.init) ?? "none")."
        }
    }

    public var hint: String? {
        switch self {
        case .noDescription: "Use it as a foundation to train from: --foundation."
        case .newer: "Update Pomona."
        default: nil
        }
    }

    public var kind: ErrorKind { .badData }
}

extension String {
    fileprivate init(_ shape: [Int]) { self = "[" + shape.map { "\($0)" }.joined(separator: ", ") + "]" }
}
