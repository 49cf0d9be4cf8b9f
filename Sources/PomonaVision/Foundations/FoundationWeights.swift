public import PomonaModel
public import PomonaTensor

/// Pretrained weights that training starts from: a model file of this project, or published YOLOX weights.
public struct FoundationWeights {
    /// Whether the file is a model of this project, or weights published elsewhere.
    public let isPublished: Bool
    /// What the file's own model does; a classifier has a backbone only.
    public let kind: ModelDescription.Kind
    public let architecture: DetectorArchitecture
    /// Channel order, range and placement the weights were trained with; the size may be changed.
    public let input: InputForm
    /// Side in pixels of the input at which the backbone tells best what a whole photo shows; `nil` where it was not said.
    public let classificationSide: Int?
    /// What the detector's rows of classes stand for; empty where it was not said, and where they are no good start for the
    /// same labels elsewhere: those of a foundation of this project know their things from small photos in a row.
    private let labels: [String]
    private let file: SafetensorsFile

    /// - Throws: ``SafetensorsError`` or ``ModelFileError`` naming what is wrong with the file.
    public init(path: String) throws {
        let file = try SafetensorsFile(path: path)
        self.file = file
        classificationSide = file.metadata["classificationSide"].flatMap { Int($0) }
        if file.metadata["format"]?.hasPrefix("pomona-model/") == true {
            let description = try ModelDescription(file: file)
            isPublished = description.provenance["statistics"] == "folded"
            kind = description.kind
            architecture = description.architecture
            input = description.input
            labels = !isPublished && description.provenance["role"] == "foundation" ? [] : description.labels
        } else {
            isPublished = true
            kind = .detector
            architecture = try DetectorArchitecture(inspecting: file)
            input = .published(side: 416)
            let isCOCO = file.shape(of: "head.cls_preds.0.bias") == [COCOLabels.all.count]
            labels = isCOCO ? COCOLabels.all : []
        }
    }

    /// Copies backbone, neck and head into a detector. Of the layers whose shape depends on the labels those rows are taken
    /// over whose label the foundation knows, by name; the others keep their values.
    ///
    /// - Parameter labels: What the detector is to find, in the order of its classes.
    /// - Throws: ``ModelFileError`` where a tensor is missing or has another shape.
    public func load(into detector: Detector, labels: [String]) throws {
        let prefix = "head.cls_preds."
        try detector.load(file, except: { $0.hasPrefix(prefix) })
        let rows = KnownRows(of: labels, among: self.labels)
        guard !rows.isEmpty else { return }
        for (name, tensor) in detector.parameters.tensors where name.hasPrefix(prefix) {
            let (shape, known) = (tensor.shape, try file.tensor(name))
            guard known.shape.first == self.labels.count, known.shape.dropFirst() == shape.dropFirst() else {
                throw ModelFileError.tensorDiffers(
                    path: file.path, name: name, expected: [self.labels.count] + shape.dropFirst(), found: known.shape)
            }
            let values = rows.merged(into: try tensor.values(), from: known.floats)
            _ = try detector.parameters.assign(
                name, from: .from(values, shape: shape, device: detector.parameters.device))
        }
    }

    /// The layer over the backbone's features that tells apart the classes it was taught on; `nil` where the file has none.
    ///
    /// That of a classifier somebody trained is none: its few tags say less of a photo than the features do.
    public func knownClasses() throws -> KnownClasses? {
        guard kind == .detector, let shape = file.shape(of: "classifier.weight"), shape.count == 2,
            file.shape(of: "classifier.bias") == [shape[0]]
        else { return nil }
        return KnownClasses(
            weight: try file.tensor("classifier.weight").floats, bias: try file.tensor("classifier.bias").floats)
    }

    /// Copies the backbone into a classifier: the one the file keeps for that purpose, else the detector's.
    ///
    /// - Throws: ``ModelFileError`` where a tensor is missing or has another shape.
    public func load(into classifier: Classifier) throws {
        try classifier.parameters.load(
            file, except: { $0.hasPrefix("classifier.") },
            storedAs: { name in
                let own = Self.classifierPrefix + name
                return file.shape(of: own) == nil ? name : own
            })
    }

    /// Stands before the names of a backbone that was taught to classify and not to find. Learning where things are costs a
    /// backbone some of what it knew of what they are.
    public static let classifierPrefix = "classifier."
}

/// A linear layer over a backbone's features.
public struct KnownClasses: Sendable {
    /// `[classes, features]`, row by row.
    public let weight: [Float]
    public let bias: [Float]
}

extension Detector {
    /// Overwrites the network's state with a file's.
    ///
    /// - Parameter isLeftOut: Names of tensors that keep their values.
    /// - Throws: ``ModelFileError/tensorDiffers(path:name:expected:found:)`` for the first that does not fit.
    public func load(_ file: SafetensorsFile, except isLeftOut: (String) -> Bool = { _ in false }) throws {
        try parameters.load(file, except: isLeftOut)
    }

    /// The network's state as plain numbers, in order of construction.
    public func hostTensors() throws -> [(name: String, tensor: HostTensor)] { try parameters.hostTensors() }
}

extension Parameters {
    /// Overwrites a network's state with a file's.
    ///
    /// - Parameters:
    ///   - isLeftOut: Names of tensors that keep their values.
    ///   - stored: The file's name of a tensor.
    /// - Throws: ``ModelFileError/tensorDiffers(path:name:expected:found:)`` for the first that does not fit.
    func load(
        _ file: SafetensorsFile, except isLeftOut: (String) -> Bool = { _ in false },
        storedAs stored: (String) -> String = { $0 }
    ) throws {
        for (name, tensor) in tensors where !isLeftOut(name) {
            let (shape, source) = (tensor.shape, stored(name))
            guard file.shape(of: source) == shape else {
                throw ModelFileError.tensorDiffers(
                    path: file.path, name: source, expected: shape, found: file.shape(of: source))
            }
            let values = try Tensor.from(file.tensor(source).floats, shape: shape, device: device)
            _ = try assign(name, from: values)
        }
    }

    /// A network's state as plain numbers, in order of construction.
    func hostTensors() throws -> [(name: String, tensor: HostTensor)] {
        try tensors.map { ($0.name, try $0.tensor.hostTensor()) }
    }
}

extension Tensor {
    /// A copy in main memory.
    public func hostTensor() throws -> HostTensor { HostTensor(try values(), shape: shape) }
}
