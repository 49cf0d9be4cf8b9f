import PomonaStore

extension LabelingProject: StudioIdentified {
    static let studioLetter: Character = "p"
    static let studioName = "labeling project"
}

extension LabelCategory: StudioIdentified {
    static let studioLetter: Character = "k"
    static let studioName = "label category"
}

extension LabelingTask: StudioIdentified {
    static let studioLetter: Character = "t"
    static let studioName = "photo of the labeling project"
}

extension Experiment: StudioIdentified {
    static let studioLetter: Character = "x"
    static let studioName = "experiment"
}

extension ProjectInvitation: StudioIdentified {
    static let studioLetter: Character = "i"
    static let studioName = "invitation"
}
