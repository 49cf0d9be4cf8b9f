import PomonaCore
import PomonaEngine

/// The photos of a classifier's run, checked and divided. Every one of them has one tag.
struct ClassificationPhotos {
    /// Decoded larger than the input, for views of parts.
    let training: PhotoLibrary
    /// The same photos at the same positions as prediction will see them.
    let plain: PhotoLibrary
    let evaluation: PhotoLibrary?
    /// What is held out judges where there is no evaluation set; with one, every photo teaches.
    let split: HeldOutSplit
    let skipped: [SkippedPhoto]

    /// - Parameter inputSide: Side of the network's input in pixels.
    init(_ request: TrainingRequest, inputSide: Int, report: (EngineEvent) -> Void) throws {
        // Parts of a photo are looked at too, and must not show the pixels of one that was shrunk too far.
        let side = inputSide * 3 / 2
        let (training, skipped) = try PhotoLibrary.tagged(
            request.trainingSet, side: side, alreadySkipped: request.alreadySkipped.training)
        guard Set(training.photos.indices.map(training.tag)).count > 1 else { throw TrainingError.oneTagOnly }
        let evaluation = try request.evaluationSet.map {
            try PhotoLibrary.tagged(
                $0.relabeled(as: request.trainingSet.labels), side: inputSide,
                alreadySkipped: request.alreadySkipped.evaluation)
        }
        self.training = training
        plain = PhotoLibrary(photos: training.photos, side: inputSide, decode: PhotoLibrary.decodingFiles)
        self.evaluation = evaluation?.library
        self.skipped = skipped + (evaluation?.skipped ?? [])
        split = HeldOutSplit(
            training.photos, recipe: Recipe(), seed: request.seed, isJudgedElsewhere: evaluation != nil)
        for photo in self.skipped { report(.notice("\(photo.file) is left out: \(photo.reason)")) }
    }
}

extension PhotoLibrary {
    /// The usable photos of a set that have exactly one tag.
    ///
    /// - Throws: ``TrainingError/mostPhotosUnreadable(skipped:of:first:)``, ``TrainingError/noPhotos``.
    static func tagged(
        _ set: TrainingSet, side: Int, alreadySkipped: [SkippedPhoto]
    ) throws -> (library: PhotoLibrary, skipped: [SkippedPhoto]) {
        // Without a tag a photo says nothing here, so it is no fault either.
        let labelled = set.photos.filter { !$0.annotations.isEmpty }
        let several = labelled.filter { Set($0.annotations.map(\.label)).count > 1 }
        return try PhotoLibrary(
            photos: labelled.filter { Set($0.annotations.map(\.label)).count == 1 }, side: side,
            decode: decodingFiles
        ).checked(
            alreadySkipped: alreadySkipped
                + several.map { SkippedPhoto(file: $0.name, reason: "it has several tags; a classifier learns one") })
    }

    /// The one tag of a photo.
    func tag(_ index: Int) -> Int { photos[index].annotations.first?.label ?? 0 }
}
