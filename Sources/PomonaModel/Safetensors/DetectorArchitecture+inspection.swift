extension DetectorArchitecture {
    /// Reads the architecture off the shapes of published weights, which do not name it.
    ///
    /// - Throws: ``ModelFileError`` where the tensors are not those of the YOLOX family.
    public init(inspecting file: SafetensorsFile) throws {
        let stem = "backbone.backbone.stem.conv.conv.weight"
        guard let stemShape = file.shape(of: stem), stemShape.count == 4, stemShape[1] == 12, stemShape[0] > 0 else {
            throw ModelFileError.tensorDiffers(
                path: file.path, name: stem, expected: [-1, 12, 3, 3], found: file.shape(of: stem))
        }
        let blocks = (1...).prefix { file.shape(of: "backbone.backbone.dark2.1.m.\($0 - 1).conv1.conv.weight") != nil }
        let width = Double(stemShape[0]) / 64
        let isDepthwise = file.shape(of: "backbone.backbone.dark2.0.dconv.conv.weight") != nil
        let candidate = Self.named.first {
            $0.architecture.width == width && $0.architecture.isDepthwise == isDepthwise
                && $0.architecture.repetitions(3) == blocks.count
        }
        self =
            candidate?.architecture
            ?? DetectorArchitecture(
                depth: Double(blocks.count) / 3, width: width, isDepthwise: isDepthwise, activation: .silu)
        guard isPossible else {
            throw ModelFileError.tensorDiffers(
                path: file.path, name: stem, expected: [-1, 12, 3, 3], found: stemShape)
        }
    }
}
