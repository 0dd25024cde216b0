package missing

func (e *elsewhere) enter() { e.group.Add(1) }
