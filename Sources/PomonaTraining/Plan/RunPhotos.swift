import PomonaCore
import PomonaEngine
import PomonaImaging

/// The photos of a run, checked and divided.
struct RunPhotos {
    /// Usable photos of the training set, taught and held out.
    let training: PhotoLibrary
    let evaluation: PhotoLibrary?
    let split: HeldOutSplit
    /// Photos that show how a run gets on: some of those that will measure it.
    let judged: (library: PhotoLibrary, positions: [Int])
    let skipped: [SkippedPhoto]

    /// - Parameter inputSide: Side of the network's input in pixels.
    init(_ request: TrainingRequest, inputSide: Int, report: (EngineEvent) -> Void) throws {
        // Enlarging by the augmentation must not show the pixels of a photo that was shrunk too far.
        let side = inputSide * 3 / 2
        let decode = PhotoLibrary.decodingFiles
        let (training, skippedInTraining) = try PhotoLibrary(
            photos: request.trainingSet.photos, side: side, decode: decode
        ).checked(alreadySkipped: request.alreadySkipped.training)
        guard training.photos.contains(where: { $0.annotations.contains { $0.box != nil && !$0.isCrowd } }) else {
            throw TrainingError.noBoxes
        }
        let checked = try request.evaluationSet.map {
            try PhotoLibrary(
                // As prediction will see them, so that measuring the finished model again gives the same figures.
                photos: $0.relabeled(as: request.trainingSet.labels).photos, side: inputSide, decode: decode
            ).checked(alreadySkipped: request.alreadySkipped.evaluation)
        }
        self.training = training
        evaluation = checked?.library
        skipped = skippedInTraining + (checked?.skipped ?? [])
        split = HeldOutSplit(
            training.photos, recipe: Recipe(), seed: request.seed, isJudgedElsewhere: evaluation != nil)
        let judged = evaluation.map { ($0, Array($0.photos.indices)) } ?? (training, split.heldOut)
        let most = Recipe().mostJudged
        self.judged = (
            judged.0, judged.1.count > most ? (0..<most).map { judged.1[$0 * judged.1.count / most] } : judged.1
        )
        for photo in skipped { report(.notice("\(photo.file) is left out: \(photo.reason)")) }
    }
}

extension TrainingSet {
    /// The same photos with indices into other labels, matched by name.
    ///
    /// - Throws: ``TrainingError/unknownLabel(_:known:)`` where an annotation has a label that is not among them.
    func relabeled(as known: [String]) throws -> TrainingSet {
        let positions = Dictionary(known.enumerated().map { ($1, $0) }) { first, _ in first }
        var set = self
        set.labels = known
        for photo in set.photos.indices {
            for index in set.photos[photo].annotations.indices {
                let name = labels[set.photos[photo].annotations[index].label]
                guard let position = positions[name] else { throw TrainingError.unknownLabel(name, known: known) }
                set.photos[photo].annotations[index].label = position
            }
        }
        return set
    }
}

extension PhotoLibrary {
    /// Reads photo files of any format the project knows.
    static let decodingFiles: Decode = { path, fitting in
        let photo = try ImageDecoder().decode(path: path, fittingWithin: fitting)
        return (photo.image, photo.originalSize)
    }
}
