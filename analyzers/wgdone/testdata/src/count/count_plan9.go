package count

func (e *elsewhere) leave() { e.group.Done() }
