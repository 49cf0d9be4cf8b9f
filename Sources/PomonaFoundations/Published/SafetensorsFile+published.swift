import PomonaModel

extension SafetensorsFile {
    /// Whether these are bare weights of a detector with COCO's number of classes: as published, without a description.
    var isPublishedCOCODetector: Bool {
        metadata["format"]?.hasPrefix("pomona-model/") != true
            && shape(of: "head.cls_preds.0.bias") == [COCOLabels.all.count]
    }

    /// Writes the same weights with a description, which makes them a detector of common objects.
    ///
    /// - Throws: ``ModelFileError`` where the weights are no network of the family.
    func writeAsModel(to path: String, provenance: [String: String]) throws {
        let architecture = try DetectorArchitecture(inspecting: self)
        let tensors = try names.map { (name: $0, tensor: try tensor($0)) }
        let description = ModelDescription(
            kind: .detector, labels: COCOLabels.all, architecture: architecture,
            input: .published(side: architecture.publishedSide),
            // Training keeps the statistics of published weights, whichever form they come in.
            provenance: provenance.merging(["statistics": "folded", "role": "foundation"]) { first, _ in first })
        try SafetensorsWriter.write(tensors, metadata: description.metadata, to: path)
    }
}

extension DetectorArchitecture {
    /// Side in pixels of the photos for which the published weights were made: the smallest two are for smaller ones.
    var publishedSide: Int { width < 0.5 ? 416 : 640 }
}
