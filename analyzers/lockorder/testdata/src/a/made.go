package a

import (
	"errors"
	"sync"
)

// What was just made is known to nobody else, whoever made it.

type apiConfig struct {
	mu   sync.RWMutex
	addr string
}

type apiClient struct {
	mu      sync.RWMutex
	config  *apiConfig
	headers map[string]string
}

func (c *apiClient) setAddr(s string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.config.mu.Lock()
	defer c.config.mu.Unlock()
	c.config.addr = s
}

func (c *apiClient) setHeaders(h map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.headers = h
}

func (c *apiClient) getHeaders() map[string]string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.headers
}

func newAPIClient(c *apiConfig) (*apiClient, error) {
	if c == nil {
		return nil, errors.New("no config")
	}
	client := &apiClient{config: c}
	client.setHeaders(map[string]string{})
	return client, nil
}

// After clone of hashicorp/vault's api.Client.
func (c *apiClient) okClone() (*apiClient, error) {
	c.config.mu.RLock()
	defer c.config.mu.RUnlock()
	client, err := newAPIClient(&apiConfig{addr: c.config.addr})
	if err != nil {
		return nil, err
	}
	client.setHeaders(map[string]string{})
	return client, nil
}

// The lock that it waits for is one that it holds: rule relock's.
func (c *apiClient) okAgain() map[string]string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.config.mu.RLock()
	defer c.config.mu.RUnlock()
	return c.getHeaders()
}

// The same where a third party knows the new one: the list of all.

type dbConfig struct{ mu sync.RWMutex }

type dbClient struct {
	mu     sync.RWMutex
	config *dbConfig
	n      int
}

var dbClients = map[int]*dbClient{}

func (c *dbClient) set(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n = n
}

func newDBClient(c *dbConfig) (*dbClient, error) {
	client := &dbClient{config: c}
	dbClients[1] = client
	return client, nil
}

func (c *dbClient) badClone() (*dbClient, error) {
	c.config.mu.RLock()
	defer c.config.mu.RUnlock()
	client, err := newDBClient(&dbConfig{})
	if err != nil {
		return nil, err
	}
	client.set(2) // want `badClone calls set .*, which locks dbClient.mu .* read-holding dbConfig.mu`
	return client, nil
}

func (c *dbClient) setAddr() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.config.mu.Lock()
	defer c.config.mu.Unlock()
}

// The caller makes it known itself.

type mqConfig struct{ mu sync.RWMutex }

type mqClient struct {
	mu     sync.RWMutex
	config *mqConfig
	twins  []*mqClient
}

func newMQClient(c *mqConfig) *mqClient { return &mqClient{config: c} }

func (c *mqClient) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.twins = nil
}

func (c *mqClient) badTwin() {
	c.config.mu.RLock()
	defer c.config.mu.RUnlock()
	twin := newMQClient(c.config)
	c.twins = append(c.twins, twin)
	twin.reset() // want `badTwin calls reset .*, which locks mqClient.mu .* read-holding mqConfig.mu`
}

func (c *mqClient) setAddr() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.config.mu.Lock()
	defer c.config.mu.Unlock()
}

// The maker takes the lock of what it makes.

type envConfig struct {
	mu     sync.Mutex
	client *envClient
	addr   string
}

type envClient struct {
	mu     sync.Mutex
	config *envConfig
}

func (c *envConfig) readEnv() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.addr = "localhost"
}

func (c *envConfig) ping() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.client.mu.Lock()
	c.client.mu.Unlock()
}

func defaultEnv() *envConfig {
	config := &envConfig{addr: "127.0.0.1"}
	config.readEnv()
	return config
}

// After CloneConfig of hashicorp/vault's api.Client.
func (c *envClient) okCloneConfig() *envConfig {
	c.mu.Lock()
	defer c.mu.Unlock()
	config := defaultEnv()
	config.addr = c.config.addr
	return config
}

type varConfig struct {
	mu     sync.Mutex
	client *varClient
	addr   string
}

type varClient struct {
	mu     sync.Mutex
	config *varConfig
}

func (c *varConfig) readEnv() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.addr = "localhost"
}

var lastVars *varConfig

func defaultVars() *varConfig {
	config := &varConfig{addr: "127.0.0.1"}
	lastVars = config
	config.readEnv()
	return config
}

func (c *varClient) badCloneConfig() *varConfig {
	c.mu.Lock()
	defer c.mu.Unlock()
	config := defaultVars() // want `badCloneConfig calls defaultVars .*, which calls readEnv .*, which locks varConfig.mu .* holding varClient.mu`
	config.addr = c.config.addr
	return config
}

func (c *varConfig) ping() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.client.mu.Lock()
	c.client.mu.Unlock()
}
